#pragma once

#include "config/configeditor.h"

#include <QFuture>

namespace lbp {

/// The text of a file as it was read, to be written back only if nobody else has changed it since.
struct FileText
{
    QString file; ///< as named
    QByteArray text; ///< empty when the file did not exist
    bool existed = false;
};

/// Both run on a worker thread; come back with a Mailbox.
[[nodiscard]] QFuture<Result<FileText>> readText(const QString &file);
/// Replaces \a base.file by \a text whole or not at all: a new file beside it takes its place, with the same
/// mode (0600 when it is new); a symbolic link stays one, and what it leads to is replaced. Conflict: the
/// file changed since it was read; nothing is written. Gives what is in the file now.
[[nodiscard]] QFuture<Result<FileText>> saveText(const FileText &base, const QByteArray &text);
/// A provider's key is bound to its host: ConfigInvalid where \a edits send one that is stored in \a before
/// to another host (or port, or from https to http) without entering it again.
[[nodiscard]] Status checkKeyHosts(QByteArrayView before, QByteArrayView after,
                                   const QList<ConfigEdit> &edits);
/// Reads, edits, validates and saves in one step. A config.yml (\a isConfig) with new problems, or with a key
/// that would go elsewhere, is not written: ConfigInvalid with the first of them.
[[nodiscard]] QFuture<Result<FileText>> saveEdits(const QString &file, const QList<ConfigEdit> &edits,
                                                  bool isConfig = true);

/// The same without a thread, for those that have one. Blocks on the disk.
namespace blocking {
[[nodiscard]] Result<FileText> readText(const QString &file);
[[nodiscard]] Result<FileText> saveText(const FileText &base, const QByteArray &text);
[[nodiscard]] Result<FileText> saveEdits(const QString &file, const QList<ConfigEdit> &edits, bool isConfig);
} // namespace blocking

} // namespace lbp
