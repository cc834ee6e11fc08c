// Writing with the first error kept.
#include "sim/observe/text_file.hpp"

#include <cerrno>

namespace exosim {

Result<TextFile> TextFile::create(const std::filesystem::path& path) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return cannot_write(path, errno);
  return TextFile(file, path.string());
}

void TextFile::write(std::string_view text) {
  if (failed()) return;
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) note_error();
}

Result<std::monostate> TextFile::close() {
  if (std::fclose(file_.release()) != 0) note_error();
  if (failed()) return cannot_write(path_, error_);
  return std::monostate{};
}

void TextFile::note_error() {
  if (error_ == 0) error_ = errno == 0 ? EIO : errno;
}

}  // namespace exosim
