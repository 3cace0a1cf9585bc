#pragma once

#include <initializer_list>
#include <memory>
#include <QObject>
#include <QSocketNotifier>
#include <vector>

namespace lbp {

/// Signals of the operating system as events of the loop: the handler only writes to a pipe.
/// One at a time in a process; the dispositions from before are restored at the end.
class UnixSignals : public QObject
{
    Q_OBJECT
public:
    enum class Ignored {
        Stay, ///< what was ignored when the process started stays ignored, as in the background of a script
        Catch,
    };
    explicit UnixSignals(std::initializer_list<int> signalNumbers, Ignored ignored,
                         QObject *parent = nullptr);
    ~UnixSignals() override;

Q_SIGNALS:
    /// \param fromTerminal the terminal sent it to its whole foreground group (Ctrl-C), so children have it
    /// already.
    void received(int signalNumber, bool fromTerminal);

private:
    struct Previous;
    int m_pipe[2] = {-1, -1};
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::vector<Previous> m_previous;
};

} // namespace lbp
