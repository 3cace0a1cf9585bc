#pragma once

#include "config/yamlreader.h"

namespace lbp {

/// Reads the plain part of YAML that programs write: mappings by indentation, {…} and […] on one line, lists
/// of those, texts without escapes, comment lines of their own. An order of magnitude faster than readYaml(),
/// and the same tree with the same lines where it succeeds. False for everything else, also for what is
/// wrong: then readYaml() must read it, which tells what is the matter.
[[nodiscard]] bool readPlainYaml(QByteArrayView yaml, YamlNode &root);

} // namespace lbp
