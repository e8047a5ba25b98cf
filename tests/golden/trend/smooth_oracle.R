# Writes smooth.json: series of our own, and what R's lowess and StructTS make of them.
# SPDX-License-Identifier: MIT
# Rscript smooth_oracle.R > smooth.json; made with R 4.2.2 (stats). Only base R is needed.
options(digits = 17)
set.seed(20261125)

number <- function(v) {
  text <- formatC(v, digits = 17, format = "g")
  text <- trimws(text)
  text[is.na(v)] <- "null"
  paste0("[", paste(text, collapse = ", "), "]")
}

bounded <- function(n, from, step, sd) {
  pmin(27, pmax(0, round(from + step * (1:n) + rnorm(n, 0, sd))))
}

series <- list(
  falling = list(x = 1:16, y = c(34, 33, 33, 30, 31, 28, 28, 28, 25, 26, 22, 21, 21, 18, 20, 17)),
  rupture = list(x = 1:12, y = c(5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3, 4.9, 5.6, 5.9, 6.0, 6.1)),
  three = list(x = 1:3, y = c(4, 9, 5)),
  four = list(x = c(1, 2, 4, 5), y = c(4, 9, 5, 5)),
  gaps = list(x = c(1, 2, 3, 7, 8, 9, 15, 16, 20), y = c(20, 18, 19, 12, 13, 11, 6, 8, 7)),
  tied_times = list(x = c(0, 0, 1, 2, 2, 2, 3, 5, 8, 8), y = c(9, 7, 8, 6, 4, 5, 5, 3, 2, 1)),
  tied_scores = list(x = 1:10, y = c(5, 5, 5, 4, 4, 4, 4, 3, 3, 3)),
  outlier = list(x = 1:14, y = c(12, 11, 12, 10, 11, 27, 9, 9, 8, 8, 0, 7, 6, 6)),
  three_off = list(x = c(1:6, 6.3, 6.6, 8:13),
                   y = c(5, 5.2, 4.9, 5.1, 4.8, 90, -80, 85, 5, 5.3, 4.9, 5.1, 5, 5.2)),
  level = list(x = 1:8, y = c(1, 3, 1, 3, 1, 3, 1, 3)),
  long = list(x = 1:60, y = bounded(60, 24, -.3, 3)),
  days = list(x = cumsum(c(0, sample(c(5:9, 14, 21), 29, TRUE))), y = bounded(30, 20, -.4, 2.5)))

settings <- list(list(), list(f = .3), list(f = 1, iter = 0), list(iter = 1), list(delta = 0),
                 list(f = .5, iter = 5, delta = 4))

lowess_of <- function(s, how) {
  made <- do.call(lowess, c(list(s$x, s$y), how))
  f <- if (is.null(how$f)) 2 / 3 else how$f
  iter <- if (is.null(how$iter)) 3 else how$iter
  delta <- if (is.null(how$delta)) -1 else how$delta
  sprintf('{"span": %.17g, "rounds": %d, "delta": %.17g, "smooth": %s}', f, as.integer(iter), delta,
          number(made$y))
}

# StructTS starts from a wide normal, not from nothing known, and its optimiser stops early: what it
# finds of the variances is near the maximum only.
struct_of <- function(s) {
  steps <- seq(min(s$x), max(s$x))
  if (any(duplicated(s$x)) || any(s$x != round(s$x)) || length(s$x) < 8) return("null")
  y <- ts(s$y[match(steps, s$x)])
  made <- try(StructTS(y, "level"), silent = TRUE)
  if (inherits(made, "try-error")) return("null")
  at <- match(s$x, steps)
  sprintf('{"level_var": %.17g, "residual_var": %.17g, "smooth": %s}', made$coef[["level"]],
          made$coef[["epsilon"]], number(tsSmooth(made)[at]))
}

rows <- vapply(names(series), function(name) {
  s <- series[[name]]
  head <- "    {\"name\": \"%s\",\n     \"x\": %s,\n     \"y\": %s,\n     \"struct_ts\": %s,"
  sprintf(paste0(head, "\n     \"lowess\": [\n      %s]}"),
          name, number(s$x), number(s$y), struct_of(s),
          paste(vapply(settings, function(how) lowess_of(s, how), ""), collapse = ",\n      "))
}, "")
cat('{\n  "source": "R ', R.version$major, ".", R.version$minor,
    ', stats::lowess, stats::StructTS and tsSmooth, by smooth_oracle.R",\n  "series": [\n',
    paste(rows, collapse = ",\n"), "\n  ]\n}\n", sep = "")
