#pragma once

#include "tokens/encoding.h"

namespace lbp {

/// The end of the piece that begins at \a at, by the split rules of an encoding: pieces are turned into
/// tokens each by itself. \a at < \a end, valid UTF-8 from a piece's beginning to \a end. \a visited grows by
/// the bytes looked at: a few times those of the whole text when all of it is split, whatever it holds.
///
/// The rules are patterns, tried in order (source: the encodings' own definitions). cl100k_base:
///   '(s|t|re|ve|m|ll|d), any case | [^\r\n L N]? L+ | N{1,3} | ' '? [^ white L N]+ [\r\n]* | white* [\r\n]+
///   | white+ not before a non-white | white+
/// o200k_base, with U = Lu Lt Lm Lo M and D = Ll Lm Lo M:
///   [^\r\n L N]? U* D+ contraction? | [^\r\n L N]? U+ D* contraction? | N{1,3} | ' '? [^ white L N]+
///   [\r\n/]* | the rest as above
[[nodiscard]] const uchar *pieceEnd(Encoding encoding, const uchar *at, const uchar *end, quint64 &visited);

} // namespace lbp
