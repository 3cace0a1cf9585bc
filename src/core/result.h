#pragma once

#include "core/error.h"

#include <tl/expected.hpp>

namespace lbp {

/// The one way to fail. Expected failures are a Result; Q_ASSERT is for mistakes in our own code.
template <typename T> using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, QString detail)
{
    return tl::unexpected<Error>(Error{code, std::move(detail)});
}

} // namespace lbp
