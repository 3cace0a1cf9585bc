// What is found can be replaced: the edited text reads again with the new values, and all other bytes are the
// same.
#include "fuzz.h"
#include "wire/json.h"

#include <array>

using namespace lbp;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::array<QByteArrayView, 3> names{"a", "model", "stream"};
    const QByteArray text = fuzzBytes(data, size).toByteArray();
    qsizetype objectEnd = 0;
    const auto found = findMembers(text, names, &objectEnd);
    if (!found) {
        FUZZ_CHECK(found.error().code == ErrorCode::InvalidRequest && !found.error().detail.isEmpty());
        return 0;
    }
    FUZZ_CHECK(objectEnd < text.size() && text[objectEnd] == '}' && text.isValidUtf8());
    QByteArray fixed;
    ByteEdits edits;
    qsizetype last = 0;
    for (const JsonMember &member : *found) {
        FUZZ_CHECK(last <= member.keyBegin && member.keyBegin < member.begin && member.begin < member.end
                   && member.end <= objectEnd);
        const QByteArrayView value = QByteArrayView(text).sliced(member.begin, member.end - member.begin);
        if (member.type == JsonMember::Type::String) {
            if (const auto string = jsonString(value))
                FUZZ_CHECK(jsonString(jsonQuoted(*string)) == string);
        } else {
            FUZZ_CHECK(!jsonString(value));
        }
        if (const auto integer = jsonInteger(value)) {
            FUZZ_CHECK(member.type == JsonMember::Type::Number);
            FUZZ_CHECK(jsonInteger(QByteArray::number(*integer)) == integer);
        }
        fixed += QByteArrayView(text).sliced(last, member.begin - last);
        fixed += "\"new\"";
        edits.replace(member.begin, member.end, "\"new\"");
        last = member.end;
    }
    fixed += QByteArrayView(text).sliced(last);
    const QByteArray edited = edits.applied(text);
    FUZZ_CHECK(edited == fixed);
    const auto again = findMembers(edited, names, &objectEnd);
    FUZZ_CHECK(again && again->size() == found->size());
    for (size_t i = 0; i < again->size(); ++i) {
        const JsonMember &member = again->at(i);
        FUZZ_CHECK(member.field == found->at(i).field);
        FUZZ_CHECK(QByteArrayView(edited).sliced(member.begin, member.end - member.begin) == "\"new\"");
    }
    return 0;
}
