# lbp::options: what every target of ours is compiled with. Third-party headers come in as SYSTEM.
add_library(lbp_options INTERFACE)
add_library(lbp::options ALIAS lbp_options)
target_compile_definitions(lbp_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
  QT_NO_KEYWORDS QT_NO_FOREACH QT_STRICT_ITERATORS
  LBP_VERSION="${PROJECT_VERSION}")
target_compile_options(lbp_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
  -Wformat=2 -Wimplicit-fallthrough
  $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>) # lets ccache see through precompiled headers
if(LBP_SANITIZE)
  # Instrumented code makes g++ warn of what is not there; the plain builds are the ones that take warnings for errors.
  target_compile_options(lbp_options INTERFACE -fsanitize=${LBP_SANITIZE} -fno-omit-frame-pointer
                                               -fno-sanitize-recover=all -Wno-error)
  target_link_options(lbp_options INTERFACE -fsanitize=${LBP_SANITIZE})
endif()
if(LBP_COVERAGE)
  target_compile_options(lbp_options INTERFACE --coverage)
  target_link_options(lbp_options INTERFACE --coverage)
endif()

# lbp_module(<name> SOURCES ... [PUBLIC libs...] [PRIVATE libs...]): one folder of src/ as a static library.
function(lbp_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(lbp_${name} STATIC ${ARG_SOURCES})
  add_library(lbp::${name} ALIAS lbp_${name})
  target_include_directories(lbp_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(lbp_${name} PUBLIC Qt6::Core tl::expected ${ARG_PUBLIC}
                                    PRIVATE lbp::options ${ARG_PRIVATE})
  target_precompile_headers(lbp_${name} PRIVATE
    <QByteArray> <QHash> <QList> <QObject> <QString> <chrono> <functional> <memory> <optional> <vector>
    <tl/expected.hpp>)
endfunction()
