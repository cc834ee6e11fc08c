# What HTML reports are made with, in <build>/report: style and script as they are, and plots.txt, the
# plotting library. That is fetched from npm in the versions of bench/report/page/package-lock.json,
# which has their hashes. Without npm, or without a network, everything else is built, and a report
# says that it has no plots.
option(EXOSIM_REPORT_PLOTS "fetch the plotting library of HTML reports with npm" ON)
set(report_source ${PROJECT_SOURCE_DIR}/bench/report/page)
set(report_folder ${PROJECT_BINARY_DIR}/report)
file(MAKE_DIRECTORY ${report_folder})
foreach(name IN ITEMS page.css page.js)
  file(CREATE_LINK ${report_source}/${name} ${report_folder}/${name} SYMBOLIC)
endforeach()

set(report_plots "")
if(EXOSIM_REPORT_PLOTS)
  find_program(EXOSIM_NPM npm)
  find_program(EXOSIM_NODE NAMES node nodejs)
  if(EXOSIM_NPM AND EXOSIM_NODE)
    set(report_plots ${report_folder}/plots.txt)
  else()
    message(STATUS "npm not found: HTML reports will have tables and no plots (./dev setup installs it)")
  endif()
endif()
if(report_plots)
  add_custom_command(OUTPUT ${report_plots}
    COMMAND ${CMAKE_COMMAND} -D SOURCE=${report_source} -D WORK=${PROJECT_BINARY_DIR}/report-npm
            -D NPM=${EXOSIM_NPM} -D NODE=${EXOSIM_NODE} -D OUTPUT=${report_plots}
            -P ${PROJECT_SOURCE_DIR}/cmake/report_plots.cmake
    DEPENDS ${report_source}/package.json ${report_source}/package-lock.json
            ${report_source}/bundle.mjs ${PROJECT_SOURCE_DIR}/cmake/report_plots.cmake
    COMMENT "Fetching the plotting library of HTML reports" VERBATIM)
  add_custom_target(report_page DEPENDS ${report_plots})
  add_dependencies(exosim-bench report_page)
endif()
install(FILES ${report_source}/page.css ${report_source}/page.js
        DESTINATION ${CMAKE_INSTALL_DATADIR}/exosim/report)
install(FILES ${report_folder}/plots.txt DESTINATION ${CMAKE_INSTALL_DATADIR}/exosim/report OPTIONAL)
