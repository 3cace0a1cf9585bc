#include "cli/output.h"

#include <cerrno>
#include <unistd.h>

namespace lbp {

static void writeAll(int fd, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t n = ::write(fd, bytes.constData() + done, size_t(bytes.size() - done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return; // a reader that has gone, as in `lbp usage | head -1`
        done += n;
    }
}

Output Output::standard()
{
    return {[](const QByteArray &bytes) { writeAll(STDOUT_FILENO, bytes); },
            [](const QByteArray &bytes) { writeAll(STDERR_FILENO, bytes); }};
}

} // namespace lbp
