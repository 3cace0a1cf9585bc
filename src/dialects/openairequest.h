#pragma once

#include "dialects/dialect.h"
#include "wire/json.h"

#include <span>

namespace lbp {

/// The members of a request that one dialect reads, found in one pass. Null is the same as absent. A member
/// given twice with different values is refused wherever it is read: which one the provider takes is anyone's
/// guess.
class OpenAiRequest
{
public:
    /// \param names must outlive the request; the index in it is the `field` of the functions below.
    static Result<OpenAiRequest> read(const QByteArray &body, std::span<const QByteArrayView> names);

    [[nodiscard]] const QByteArray &body() const { return m_body; }
    [[nodiscard]] QByteArrayView raw(const JsonMember &member) const
    {
        return QByteArrayView(m_body).sliced(member.begin, member.end - member.begin);
    }
    [[nodiscard]] const std::vector<JsonMember> &members() const { return m_members; }
    /// The member, nullptr when it is absent or null.
    [[nodiscard]] Result<const JsonMember *> member(int field) const;
    /// The same, and InvalidRequest when it is of another type.
    [[nodiscard]] Result<const JsonMember *> member(int field, JsonMember::Type type) const;
    [[nodiscard]] Result<QString> string(int field) const; ///< empty when absent
    [[nodiscard]] Result<bool> boolean(int field) const; ///< false when absent
    [[nodiscard]] Result<std::optional<qint64>> integer(int field) const;
    [[nodiscard]] Result<std::optional<qint64>> integer(int field, qint64 least, qint64 most) const;

private:
    OpenAiRequest(const QByteArray &body, std::span<const QByteArrayView> names,
                  std::vector<JsonMember> members)
        : m_body(body)
        , m_names(names)
        , m_members(std::move(members))
    {
    }
    [[nodiscard]] QString name(int field) const;

    QByteArray m_body;
    std::span<const QByteArrayView> m_names;
    std::vector<JsonMember> m_members;
};

inline constexpr qint64 mostOpenAiChoices = 128; ///< of `n` and `best_of`

/// Tokens that providers add and that are not in the body: the start of the reply, hidden system text of
/// reasoning models and the frame around tools. All else, names, roles and JSON syntax included, is bounded
/// by the bytes of the body, since no byte-level tokenizer makes more than one token of a byte and an escape
/// is never shorter than what it stands for.
inline constexpr qint64 hiddenInputTokens = 256;

/// `stream_options.include_usage`.
[[nodiscard]] Result<bool> asksForUsage(const OpenAiRequest &request, int streamOptions);
/// The model; InvalidRequest when it is missing, empty or no string.
[[nodiscard]] Result<QString> requestedModel(const OpenAiRequest &request, int model);

/// Which members a dialect lets us change; negative: it has none.
struct OpenAiEditRules
{
    std::span<const QByteArrayView> names;
    int model = -1;
    int streamOptions = -1;
    int newCeiling = -1; ///< the ceiling's name at OpenAI itself
    int oldCeiling = -1; ///< the older name, which compatible providers know as well
};

/// \a body with \a changes spliced in; see Dialect::edited(). Ceilings: every one that has a value is
/// lowered, so that none is left above; where there is none, one is inserted behind the opening brace.
[[nodiscard]] Result<QByteArray> editedOpenAiRequest(const QByteArray &body, const BodyChanges &changes,
                                                     const OpenAiEditRules &rules);

} // namespace lbp
