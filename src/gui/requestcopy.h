#pragma once

#include "core/exchangedetails.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

namespace lbp::gui {

/// The variable of the environment that stands for the virtual key, as in what `lbp run` sets.
inline constexpr auto keyVariable = "LBP_KEY";

/// A request as it could be sent again: no secret is in it, keys are named by keyVariable.
struct RequestSketch
{
    struct Header
    {
        QByteArray name;
        QByteArray value; ///< of a key: what stands before it, such as "Bearer "
        bool isKey = false;
    };
    QByteArray method = "POST";
    QString url;
    QList<Header> headers;
    QByteArray body; ///< UTF-8
    bool isSample = false; ///< the body was not kept: this one only shows where it goes
    bool stream = false;
};

/// \param request as the client sent it, as far as it was kept. \param proxy where this program listens, with
/// or without a path.
[[nodiscard]] RequestSketch sketchOf(const ExchangeRow &row, const std::optional<MessageDetails> &request,
                                     const QUrl &proxy);

// Each a whole program that runs as it stands once the variable is set.
[[nodiscard]] QString asCurl(const RequestSketch &sketch); ///< POSIX shell
[[nodiscard]] QString asPython(const RequestSketch &sketch); ///< standard library alone
[[nodiscard]] QString asJavaScript(const RequestSketch &sketch); ///< ES module for Node 18 and later

} // namespace lbp::gui
