# cmake -P: fetches the packages of SOURCE/package-lock.json into WORK and makes OUTPUT of them. That
# they cannot be fetched is said and fails no build; the next one tries again.
file(MAKE_DIRECTORY ${WORK})
foreach(name IN ITEMS package.json package-lock.json bundle.mjs)
  file(COPY_FILE ${SOURCE}/${name} ${WORK}/${name})
endforeach()
execute_process(
  COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 --fetch-timeout=20000
  WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(failed)
  message("npm could not fetch the plotting library; HTML reports will have tables and no plots:\n"
          "${said}")
  return()
endif()
execute_process(COMMAND ${NODE} bundle.mjs ${OUTPUT} WORKING_DIRECTORY ${WORK}
                COMMAND_ERROR_IS_FATAL ANY)
