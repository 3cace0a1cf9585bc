#pragma once

#include "app/core.h"
#include "app/demoprovider.h"

#include <QTemporaryDir>

namespace lbp {

/// Everything that `lbp serve --demo` has beside a proxy: a provider, a place for its files, and a key to try
/// it with.
class Demo
{
public:
    /// Temporary files unless \a configFile or \a dataDirectory name something.
    [[nodiscard]] static Result<std::unique_ptr<Demo>> prepare(const QString &configFile,
                                                               const QString &dataDirectory);

    [[nodiscard]] const DataDirectory &files() const { return m_files; }
    /// Puts the demo provider in the place of the configured ones, so that nothing can cost real money.
    [[nodiscard]] Core::Adjust adjust() const;
    /// A new key, or a new plaintext for the demo key that is there already.
    [[nodiscard]] Status createKey(Core &core);
    [[nodiscard]] QString text(const Core &core, const QUrl &url) const; ///< what to try, for people

private:
    Demo() = default;
    DemoProvider m_provider;
    QUrl m_providerUrl;
    std::unique_ptr<QTemporaryDir> m_temporary;
    DataDirectory m_files;
    Secret m_key;
};

} // namespace lbp
