#include "dialects/openaistored.h"

#include <algorithm>
#include <array>

namespace lbp {
namespace {

/// "files" of "/files/file-1/content".
QByteArrayView collectionOf(QByteArrayView path)
{
    if (!path.startsWith('/'))
        return {};
    const QByteArrayView rest = path.sliced(1);
    const qsizetype slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.first(slash);
}

/// Segments behind the collection: 1 for "/files/file-1".
qsizetype depthOf(QByteArrayView path)
{
    return std::count(path.begin(), path.end(), '/') - 1;
}

template <size_t n> bool isOneOf(QByteArrayView word, const std::array<QByteArrayView, n> &words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

bool OpenAiStored::claims(QByteArrayView method, QByteArrayView path) const
{
    static constexpr std::array<QByteArrayView, 10> collections{
        "files",  "uploads",    "batches", "vector_stores", "containers",
        "videos", "assistants", "threads", "conversations", "fine_tuning"};
    if (path.endsWith('/'))
        return false;
    const QByteArrayView collection = collectionOf(path);
    const qsizetype depth = depthOf(path);
    const bool reads = method == "GET" || method == "HEAD";
    if (collection == "chat") {
        // Stored completions; making one is metered by its own dialect.
        const bool below = path.startsWith("/chat/completions/");
        return (reads && (below || path == "/chat/completions"))
            || (below && depth == 2 && (method == "DELETE" || method == "POST"));
    }
    if (!isOneOf(collection, collections))
        return false;
    if (reads || (method == "DELETE" && depth >= 1))
        return true;
    if (method != "POST")
        return false;
    if (isOneOf(collection, std::array<QByteArrayView, 3>{"files", "uploads", "conversations"}))
        return true;
    // A job or a group of files that is stopped costs less, not more.
    const bool stops = path.endsWith("/cancel") || path.endsWith("/pause");
    return stops && depth >= 2
        && isOneOf(collection,
                   std::array<QByteArrayView, 4>{"batches", "fine_tuning", "vector_stores", "threads"});
}

QString whyUnmetered(QByteArrayView method, QByteArrayView path)
{
    if (method == "GET" || method == "HEAD" || method == "DELETE")
        return {};
    const QByteArrayView collection = collectionOf(path);
    if (collection == "batches" || path == "/messages/batches")
        return QStringLiteral(
            "A batch is billed by what stands in its files, hours after it was sent, and neither "
            "passes here.");
    if (collection == "fine_tuning")
        return QStringLiteral(
            "Training is billed by the tokens of a file that the provider already has, when the "
            "job ends.");
    if (collection == "videos")
        return QStringLiteral(
            "A video is billed by its seconds, when it is finished; the answer does not say so.");
    if (collection == "realtime" || collection == "live")
        return QStringLiteral(
            "A realtime session goes past this proxy, so nobody here could count what it uses.");
    if (collection == "vector_stores")
        return QStringLiteral(
            "What is put into a vector store is billed by the day for as long as it is there.");
    if (collection == "containers")
        return QStringLiteral("A container is billed by the time that it is kept, which does not pass here.");
    if (collection == "assistants" || collection == "threads")
        return QStringLiteral("A run is billed by what a thread at the provider holds, when it ends.");
    if (collection == "evals")
        return QStringLiteral("An evaluation runs at the provider and is billed when it ends.");
    return {};
}

} // namespace lbp
