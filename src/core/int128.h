#pragma once

namespace lbp {

/// For products of two 64-bit amounts. __extension__ because ISO C++ has no such type and warnings are
/// errors.
__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

} // namespace lbp
