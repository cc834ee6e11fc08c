// Documentation of all device types, from their registrations and their register banks: what
// `exosim --list-devices` and `exosim --list-devices=markdown` print.
#pragma once

#include <string>

namespace exosim {

/// Plain text for a terminal.
std::string device_docs_text();

/// Markdown, one section per type: what .ci/gen_machine_doc.py puts into docs/machine.md.
std::string device_docs_markdown();

}  // namespace exosim
