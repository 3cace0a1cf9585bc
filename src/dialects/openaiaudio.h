#pragma once

#include "dialects/dialect.h"

namespace lbp {

/// POST /audio/speech. Billed by the characters of `input`, or by tokens: then each character is at most
/// speechTokensPerCharacter of sound, since only a stream of events reports its usage.
class OpenAiSpeech : public Dialect
{
public:
    QString endpoint() const override { return QStringLiteral("audio.speech"); }
    Metering metering() const override { return Metering::Metered; }
    QString meteredPath() const override { return QStringLiteral("POST /audio/speech"); }
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    qint64 estimateOutput(const QByteArray &) const override { return 0; }
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
    bool answersInBytes() const override { return true; }
};

/// Slow speech has five characters a second, and a second of sound is about twenty tokens.
inline constexpr qint64 speechTokensPerCharacter = 4;

/// POST /audio/transcriptions and /audio/translations, as forms. Billed by tokens, or by the seconds of the
/// recording; both are in the answer, but not where text, srt or vtt is asked for. Seconds are bounded by the
/// file: a WAV says how many a byte is, of others the thriftiest coding in use is assumed.
class OpenAiTranscriptions : public Dialect
{
public:
    QString endpoint() const override { return QStringLiteral("audio.transcriptions"); }
    Metering metering() const override { return Metering::Metered; }
    QString meteredPath() const override { return QStringLiteral("POST /audio/transcriptions"); }
    bool claims(QByteArrayView method, QByteArrayView path) const override;
    Result<RequestFacts> read(const Call &call) const override;
    Result<RewrittenCall> rewritten(const Call &call, const BodyChanges &changes) const override;
    Result<UsageReport> readUsage(const QByteArray &body) const override;
    qint64 estimateOutput(const QByteArray &body) const override;
    std::unique_ptr<StreamMeter> meter(const RequestFacts &facts, bool usageWasAdded) const override;
};

/// Seconds that \a bytes of a recording last at most; \a magic: its first bytes.
[[nodiscard]] qint64 mostSeconds(const QByteArray &magic, qint64 bytes);

} // namespace lbp
