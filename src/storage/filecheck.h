#pragma once

#include "storage/store.h"

namespace lbp {

/// Makes sure that the file of \a options is a sound ledger of this version: creates it (mode 0600), checks
/// it, migrates it, and regroups its days when the time zone has changed. Blocks; nobody else in this process
/// has it open.
///
/// A damaged file is set aside with its journal and StoreDamaged is returned; the next call starts an empty
/// ledger. How much is read to find damage depends on the size: up to 64 MB every page; above it the header,
/// the length, and every page of the small tables, because reading gigabytes would keep the user waiting at
/// each start. Damage inside the large tables then shows when the page is read, as StoreDamaged of that call.
[[nodiscard]] Status prepareLedgerFile(const StoreOptions &options);

} // namespace lbp
