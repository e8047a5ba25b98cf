# Times R's packages on the data that peers.py made: one line a task, or that a package is absent.
# SPDX-License-Identifier: MIT
folder <- commandArgs(trailingOnly = TRUE)[1]
penalty <- 3 * log(1000)

rows <- function(name) {
  path <- file.path(folder, name)
  readBin(path, "double", file.size(path) / 8)
}

# Median of processor seconds; the figure is what the last run gave.
timed <- function(task, package, repeats, run) {
  if (!requireNamespace(package, quietly = TRUE)) {
    cat("absent", paste("R", package), "is not installed", sep = "\t")
    cat("\n")
    return(invisible())
  }
  took <- numeric(repeats)
  for (i in seq_len(repeats)) {
    start <- proc.time()
    figure <- suppressMessages(suppressWarnings(run()))
    spent <- proc.time() - start
    took[i] <- spent[["user.self"]] + spent[["sys.self"]]
  }
  cat(task, paste("R", package), as.character(packageVersion(package)),
      format(median(took), digits = 9), format(figure, digits = 17), sep = "\t")
  cat("\n")
}

mixed <- data.frame(y = rows("mixed"), x = log(rep(1:20, 1000)), g = rep(1:1000, each = 20))
series <- matrix(rows("trend"), nrow = 20)
pelt <- rows("pelt")
breaks <- rows("breaks")

timed("mixed", "lme4", 5, function()
  as.numeric(logLik(lme4::lmer(y ~ x + (x | g), mixed))))
timed("trend", "trend", 3, function() mean(apply(series, 2, function(y) {
  trend::mk.test(y)
  trend::sens.slope(y)$estimates
})))
timed("pelt", "changepoint", 15, function()
  length(changepoint::cpts(changepoint::cpt.mean(pelt, penalty = "Manual", pen.value = penalty,
                                                 method = "PELT", minseglen = 1))))
timed("breaks", "strucchange", 5, function()
  summary(strucchange::breakpoints(breaks ~ 1, h = 0.15, breaks = 5))$RSS["BIC", "1"])
