# The looks: QML modules without plugins of their own, compiled into static libraries and found under qrc:/qt/qml.
option(LBP_QML_CACHE "Compile QML ahead of time: a faster start, a slower build" OFF)
set(QT_QML_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/qml)

# lbp_qml_module(<name> URI <uri> [SINGLETONS files...]): every QML file of the current folder. What the cache generator and moc write
# does not pass our warnings, so they do not apply here (src/gui is ours and has them).
function(lbp_qml_module name)
  cmake_parse_arguments(ARG "" "URI" "SINGLETONS;LIBS" ${ARGN})
  file(GLOB_RECURSE files RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} CONFIGURE_DEPENDS *.qml)
  foreach(file IN LISTS files)
    get_filename_component(base ${file} NAME)
    set_source_files_properties(${file} PROPERTIES QT_RESOURCE_ALIAS ${base})
  endforeach()
  foreach(file IN LISTS ARG_SINGLETONS)
    set_source_files_properties(${file} PROPERTIES QT_QML_SINGLETON_TYPE TRUE)
  endforeach()
  set(cache NO_CACHEGEN)
  if(LBP_QML_CACHE)
    set(cache)
  endif()
  qt_add_qml_module(lbp_qml_${name} STATIC NO_PLUGIN ${cache} URI ${ARG_URI} VERSION 1.0 RESOURCE_PREFIX /qt/qml
                    QML_FILES ${files})
  add_library(lbp::qml_${name} ALIAS lbp_qml_${name})
  target_link_libraries(lbp_qml_${name} PUBLIC Qt6::Quick ${ARG_LIBS})
endfunction()
