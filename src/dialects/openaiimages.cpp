#include "dialects/openaiimages.h"

#include "dialects/formfields.h"
#include "dialects/jsonwalk.h"
#include "dialects/openairequest.h"
#include "dialects/openairesponses.h"

#include <array>

namespace lbp {
namespace {

using namespace std::string_view_literals;

enum Field { Model, N, Quality, Size, Stream, Image, Prompt };

constexpr std::array<QByteArrayView, 7> names{"model", "n", "quality", "size", "stream", "image", "prompt"};

constexpr qint64 mostImages = 10; ///< of one request, as the API has it

/// What a form and a JSON body have in common.
struct Asked
{
    QString model, quality, size;
    qint64 images = 1;
    bool stream = false;
    qint64 imagesRead = 0; ///< images to be changed
    qint64 textBytes = 0;
};

Result<qint64> imagesFrom(std::optional<qint64> n)
{
    if (n && (*n < 1 || *n > mostImages))
        return fail(
            ErrorCode::InvalidRequest,
            QStringLiteral("Invalid value for \"n\": expected a whole number from 1 to %1.").arg(mostImages));
    return n.value_or(1);
}

Result<Asked> fromJson(const QByteArray &body)
{
    const auto request = OpenAiRequest::read(body, names);
    if (!request)
        return tl::unexpected(request.error());
    Asked asked;
    for (const auto &[field, text] :
         {std::pair{Model, &asked.model}, std::pair{Quality, &asked.quality}, std::pair{Size, &asked.size}}) {
        const auto value = request->string(field);
        if (!value)
            return tl::unexpected(value.error());
        *text = *value;
    }
    const auto stream = request->boolean(Stream);
    if (!stream)
        return tl::unexpected(stream.error());
    const auto n = request->integer(N);
    if (!n)
        return tl::unexpected(n.error());
    const auto images = imagesFrom(*n);
    if (!images)
        return tl::unexpected(images.error());
    asked.stream = *stream;
    asked.images = *images;
    asked.textBytes = body.size();
    // Images in JSON are references or data; each is an object with one of them.
    const auto given = request->member(Image);
    if (!given)
        return tl::unexpected(given.error());
    asked.imagesRead = body.count("\"image_url\"") + body.count("\"file_id\"") + (*given ? 1 : 0);
    return asked;
}

Result<Asked> fromForm(const Call &call)
{
    const auto form =
        readForm(call.headers ? call.headers->value("content-type") : QByteArray(), call.body, names);
    if (!form)
        return tl::unexpected(form.error());
    std::array<std::optional<QByteArray>, names.size()> values;
    for (size_t i = 0; i < names.size(); ++i) {
        auto value = form->value(int(i));
        if (!value)
            return tl::unexpected(value.error());
        values[i] = std::move(*value);
    }
    const auto text = [&](Field field) { return QString::fromUtf8(values[field].value_or(QByteArray())); };
    std::optional<qint64> n;
    if (values[N]) {
        n = jsonInteger(*values[N]);
        if (!n)
            return fail(ErrorCode::InvalidRequest,
                        QStringLiteral("Invalid value for \"n\": expected a whole number."));
    }
    const auto images = imagesFrom(n);
    if (!images)
        return tl::unexpected(images.error());
    Asked asked;
    asked.model = text(Model);
    asked.quality = text(Quality);
    asked.size = text(Size);
    asked.images = *images;
    asked.stream = text(Stream).compare(QLatin1String("true"), Qt::CaseInsensitive) == 0;
    asked.imagesRead = form->files;
    asked.textBytes = text(Prompt).toUtf8().size() + call.body.size() - form->fileBytes;
    return asked;
}

bool isBilledByImage(const QString &model)
{
    return model.startsWith(u"dall-e");
}

/// "quality/size" as price lists have it, with the API's defaults.
QString variantOf(const Asked &asked)
{
    const QString quality =
        asked.quality.isEmpty() || asked.quality == u"auto" ? QStringLiteral("standard") : asked.quality;
    const QString size =
        asked.size.isEmpty() || asked.size == u"auto" ? QStringLiteral("1024x1024") : asked.size;
    return quality + u'/' + size;
}

struct ImageUsage
{
    std::optional<qint64> input, text, image, output, outputText;
    bool unreadable = false;
    bool isThere = false;
};

bool readImageUsage(ondemand::value &value, ImageUsage &usage)
{
    usage = {};
    usage.isThere = jsonTypeOf(value) == JsonType::object;
    bool &bad = usage.unreadable;
    return jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
        if (key == "input_tokens"sv)
            readJsonCount(inner, usage.input, bad);
        else if (key == "output_tokens"sv)
            readJsonCount(inner, usage.output, bad);
        else if (key == "input_tokens_details"sv)
            return jsonMembers(inner, [&](std::string_view part, ondemand::value &count) {
                if (part == "text_tokens"sv)
                    readJsonCount(count, usage.text, bad);
                else if (part == "image_tokens"sv)
                    readJsonCount(count, usage.image, bad);
                return true;
            });
        else if (key == "output_tokens_details"sv)
            return jsonMembers(inner, [&](std::string_view part, ondemand::value &count) {
                if (part == "text_tokens"sv)
                    readJsonCount(count, usage.outputText, bad);
                return true;
            });
        return true;
    });
}

/// The drawing that a text model writes, billed at its own price.
struct SvgUsage
{
    QString model;
    std::optional<qint64> input, output, reasoning;
    bool unreadable = false;
};

bool readSvgUsage(ondemand::value &value, SvgUsage &usage)
{
    return jsonMembers(value, [&](std::string_view key, ondemand::value &inner) {
        if (key == "model"sv && jsonTypeOf(inner) == JsonType::string)
            usage.model = jsonString(jsonRawString(inner)).value_or(QString());
        else if (key == "input_tokens"sv)
            readJsonCount(inner, usage.input, usage.unreadable);
        else if (key == "output_tokens"sv)
            readJsonCount(inner, usage.output, usage.unreadable);
        else if (key == "reasoning_tokens"sv)
            readJsonCount(inner, usage.reasoning, usage.unreadable);
        return true;
    });
}

struct ImagePayload
{
    QByteArray type; ///< of an event
    bool error = false;
    ImageUsage usage;
    SvgUsage svg;
};

bool readImagePayload(QByteArrayView json, ImagePayload &out)
{
    JsonScratch scratch(json);
    ondemand::object object;
    if (scratch.error() != simdjson::SUCCESS
        || scratch.document().get_object().get(object) != simdjson::SUCCESS)
        return false;
    eachJsonMember(object, [&](std::string_view key, ondemand::value &value) {
        if (key == "usage"sv)
            return readImageUsage(value, out.usage);
        if (key == "svg_usage"sv)
            return readSvgUsage(value, out.svg);
        if (key == "type"sv)
            out.type = jsonView(jsonInside(value)).toByteArray();
        else if (key == "error"sv)
            out.error = jsonTypeOf(value) != JsonType::null;
        return true;
    });
    return true;
}

Result<UsageReport> reportOf(const ImagePayload &payload)
{
    const ImageUsage &raw = payload.usage;
    const SvgUsage &svg = payload.svg;
    if (!raw.isThere || !(raw.input || raw.output || raw.unreadable))
        return fail(ErrorCode::NotFound, QStringLiteral("the answer has no usage"));
    constexpr qint64 absurd = 1'000'000'000'000;
    bool bad = raw.unreadable || svg.unreadable;
    for (const std::optional<qint64> &count :
         {raw.input, raw.text, raw.image, raw.output, raw.outputText, svg.input, svg.output, svg.reasoning})
        bad |= count && (*count < 0 || *count > absurd);
    if (bad)
        return fail(ErrorCode::InvalidUsage, QStringLiteral("usage: a token count is impossible"));
    using enum BillingClass;
    UsageReport report;
    const qint64 image = raw.image.value_or(0);
    const qint64 output = raw.output.value_or(0);
    const qint64 text = std::min(output, raw.outputText.value_or(0));
    report.usage[UncachedInput] = std::max({qint64(0), raw.text.value_or(0), raw.input.value_or(0) - image});
    report.usage[ImageInput] = image;
    report.usage[ImageOutput] = output - text;
    report.usage[Output] = text;
    if (!svg.model.isEmpty() && (svg.input || svg.output)) {
        UsagePart part;
        part.model = svg.model;
        const qint64 reasoning = std::min(svg.output.value_or(0), svg.reasoning.value_or(0));
        part.usage[UncachedInput] = svg.input.value_or(0);
        part.usage[Reasoning] = reasoning;
        part.usage[Output] = svg.output.value_or(0) - reasoning;
        report.parts.push_back(std::move(part));
    }
    return report;
}

/// Each image of a stream ends with an event that has its usage.
class ImageMeter : public StreamMeter
{
public:
    explicit ImageMeter(const RequestFacts &facts)
        : m_expected(std::max<qint64>(1, facts.choices))
    {
    }
    bool onEvent(QByteArrayView type, QByteArrayView data) override
    {
        m_sawError |= type == "error";
        ImagePayload payload;
        if (data.trimmed() == "[DONE]") {
            m_sawEnd = true;
            return false;
        }
        if (data.trimmed().isEmpty() || !readImagePayload(data.trimmed(), payload))
            return false;
        const QByteArray name = payload.type.isEmpty() ? type.toByteArray() : payload.type;
        m_sawError |= payload.error || name == "error";
        m_sawContent |= name.endsWith(".partial_image");
        if (!name.endsWith(".completed"))
            return false;
        m_sawContent = true;
        m_sawEnd = ++m_completed >= m_expected;
        const Result<UsageReport> report = reportOf(payload);
        if (!report)
            return false;
        if (!m_report) {
            m_report = *report;
            return false;
        }
        for (int i = 0; i < billingClassCount; ++i)
            m_report->usage.counts[size_t(i)] += report->usage.counts[size_t(i)];
        m_report->parts.insert(m_report->parts.end(), report->parts.begin(), report->parts.end());
        return false;
    }
    std::optional<UsageReport> report() const override { return m_report; }
    qint64 outputTokensAtLeast() const override { return m_report ? m_report->usage.outputTokens() : 0; }
    qint64 outputTokensEstimate() const override
    {
        // One that is being drawn is billed whole.
        const qint64 begun = m_completed < m_expected && m_sawContent ? m_completed + 1 : m_completed;
        return std::max(outputTokensAtLeast(), m_report ? 0 : begun * generatedImageTokens);
    }
    bool sawContent() const override { return m_sawContent; }
    bool sawEnd() const override { return m_sawEnd; }
    bool sawError() const override { return m_sawError; }
    QByteArray endAtCeiling(const Usage &) const override { return {}; }

private:
    const qint64 m_expected;
    qint64 m_completed = 0;
    bool m_sawContent = false, m_sawEnd = false, m_sawError = false;
    std::optional<UsageReport> m_report;
};

bool isForm(const Call &call)
{
    const QByteArray type = call.headers ? call.headers->value("content-type").toLower() : QByteArray();
    return type.startsWith("multipart/");
}

} // namespace

bool OpenAiImages::claims(QByteArrayView method, QByteArrayView path) const
{
    return method == "POST"
        && (path == "/images/generations" || path == "/images/edits" || path == "/images/variations");
}

Result<RequestFacts> OpenAiImages::read(const Call &call) const
{
    const Result<Asked> asked = isForm(call) ? fromForm(call) : fromJson(call.body);
    if (!asked)
        return tl::unexpected(asked.error());
    if (asked->model.isEmpty())
        return fail(
            ErrorCode::InvalidRequest,
            QStringLiteral("You must provide the \"model\" parameter, a string; the default of this path has "
                           "changed over time, and its price with it."));
    RequestFacts facts;
    facts.model = asked->model;
    facts.stream = asked->stream;
    facts.wantsUsage = true;
    facts.mayWriteCache = facts.mayWriteCacheLong = false;
    facts.inputUpperBound = asked->textBytes + hiddenInputTokens + asked->imagesRead * imageModelInputTokens;
    facts.choices = asked->images;
    facts.fixedCeilingReason = QStringLiteral("images have no output limit");
    if (isBilledByImage(asked->model)) {
        facts.ceiling = 0;
        facts.images = asked->images;
        facts.imageVariant = variantOf(*asked);
    } else {
        facts.ceiling = generatedImageTokens;
    }
    return facts;
}

Result<RewrittenCall> OpenAiImages::rewritten(const Call &call, const BodyChanges &changes) const
{
    if (changes.ceiling)
        return fail(ErrorCode::InvalidRequest, QStringLiteral("This API has no limit for its output."));
    if (!isForm(call)) {
        BodyChanges possible = changes;
        possible.askForUsage = false;
        return rewrittenBody(editedOpenAiRequest(call.body, possible, {.names = names, .model = Model}));
    }
    const auto form = readForm(call.headers->value("content-type"), call.body, names);
    if (!form)
        return tl::unexpected(form.error());
    ByteEdits edits;
    for (const FormField &field : form->fields) {
        if (field.name == Model && field.begin >= 0 && changes.model)
            edits.replace(field.begin, field.begin + field.value.size(), changes.model->toUtf8());
    }
    return RewrittenCall{edits.applied(call.body), {}};
}

Result<UsageReport> OpenAiImages::readUsage(const QByteArray &body) const
{
    ImagePayload payload;
    if (!readImagePayload(body, payload))
        return fail(ErrorCode::NotFound, QStringLiteral("the answer is no JSON object, so it has no usage"));
    return reportOf(payload);
}

std::unique_ptr<StreamMeter> OpenAiImages::meter(const RequestFacts &facts, bool) const
{
    return std::make_unique<ImageMeter>(facts);
}

} // namespace lbp
