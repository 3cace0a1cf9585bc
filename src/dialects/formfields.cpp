#include "dialects/formfields.h"

#include "wire/multipart.h"

#include <algorithm>

namespace lbp {
namespace {

constexpr qsizetype mostText = 64 * 1024;
constexpr qsizetype mostMagic = 64;

} // namespace

Result<std::optional<QByteArray>> FormFields::value(int name) const
{
    std::optional<QByteArray> found;
    for (const FormField &each : fields) {
        if (each.name != name)
            continue;
        if (found && *found != each.value)
            return fail(ErrorCode::InvalidRequest,
                        QStringLiteral("A field of the form is given more than once with different values."));
        found = each.value;
    }
    return found;
}

Result<FormFields> readForm(const QByteArray &contentType, const QByteArray &body,
                            std::span<const QByteArrayView> names)
{
    const std::optional<QByteArray> boundary = MultipartParser::boundaryOf(contentType);
    if (!boundary)
        return fail(ErrorCode::InvalidRequest,
                    QStringLiteral(
                        "This path takes multipart/form-data with a boundary; the Content-Type is another."));
    FormFields form;
    bool isFile = false, isWanted = false, isTooLong = false;
    MultipartParser parser(
        *boundary,
        {[&](const MultipartParser::Part &part) {
             isFile = part.isFile;
             form.files += isFile;
             const auto name = std::find(names.begin(), names.end(), QByteArrayView(part.name));
             isWanted = !isFile && name != names.end();
             if (isWanted)
                 form.fields.push_back({int(name - names.begin()), {}, -1});
         },
         [&](QByteArrayView data, qint64 offset) {
             if (isFile) {
                 form.fileBytes += data.size();
                 if (form.files == 1 && form.firstFile.size() < mostMagic)
                     form.firstFile += data.first(std::min(data.size(), mostMagic - form.firstFile.size()));
             } else if (isWanted) {
                 FormField &field = form.fields.back();
                 if (field.begin < 0)
                     field.begin = offset;
                 isTooLong |= field.value.size() + data.size() > mostText;
                 if (!isTooLong)
                     field.value += data;
             }
         },
         [] {}});
    Status whole = parser.feed(body);
    if (whole)
        whole = parser.finish();
    if (!whole)
        return tl::unexpected(whole.error());
    if (isTooLong)
        return fail(ErrorCode::InvalidRequest, QStringLiteral("A text in the form is longer than 64 kB."));
    return form;
}

} // namespace lbp
