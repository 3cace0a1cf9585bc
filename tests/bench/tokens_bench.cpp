// Counts the tokens of a text as the proxy does and says what it cost: one line of JSON for tokens.mjs.
#include "tokens/tokenizer.h"

#include <cstdio>
#include <ctime>
#include <QFile>

using namespace lbp;

namespace {

double cpuSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

} // namespace

int main(int argc, char *argv[])
{
    const QByteArrayView name(argc > 1 ? argv[1] : "");
    QFile file(QString::fromLocal8Bit(argc > 2 ? argv[2] : ""));
    if ((name != "o200k_base" && name != "cl100k_base") || !file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "usage: tokens_bench o200k_base|cl100k_base FILE\n");
        return 2;
    }
    const QByteArray text = file.readAll();
    const double begin = cpuSeconds();
    const auto vocabulary = Vocabulary::load(name == "o200k_base" ? Encoding::O200k : Encoding::Cl100k);
    if (!vocabulary)
        return 1;
    const double loaded = cpuSeconds();
    // Each pass begins with a tokenizer that knows no pieces.
    constexpr int passes = 5;
    qint64 counted = 0, encoded = 0;
    for (int i = 0; i < passes; ++i)
        counted = Tokenizer(**vocabulary).count(text).tokens;
    const double afterCount = cpuSeconds();
    for (int i = 0; i < passes; ++i)
        encoded = qint64(Tokenizer(**vocabulary).encode(text).size());
    const double afterEncode = cpuSeconds();
    std::printf(
        "{\"tokens\":%lld,\"encoded\":%lld,\"loadSeconds\":%.6f,\"countSeconds\":%.6f,\"encodeSeconds\":%.6f,"
        "\"memoryBytes\":%zu}\n",
        static_cast<long long>(counted), static_cast<long long>(encoded), loaded - begin,
        (afterCount - loaded) / passes, (afterEncode - afterCount) / passes, (*vocabulary)->memoryBytes());
    return 0;
}
