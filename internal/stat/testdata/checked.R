# Printed with R 4.2.2, survival 3.5-3, etm 1.1.1, vcd 1.4-11, psych 2.2.9. Run with:
#   Rscript checked.R > checked.txt
suppressMessages({library(survival); library(etm); library(vcd); library(psych)})
options(digits = 10)
say <- function(...) cat(..., "\n")
tests <- list(
  tea      = matrix(c(3, 1, 1, 3), 2),
  job      = matrix(c(1,2,1,0, 3,3,6,1, 10,10,14,9, 6,7,12,11), 4, 4),
  smoke    = matrix(c(83, 90, 129, 70, 3, 3, 7, 12), 4, 2),
  few      = matrix(c(3, 0, 2, 1, 5, 4), 2, 3),
  zero     = matrix(c(0, 7, 5, 6), 2),
  large    = matrix(c(210, 190, 620, 980), 2)
)
for (n in names(tests)) {
  m <- tests[[n]]
  x <- suppressWarnings(chisq.test(m, correct = FALSE)); f <- fisher.test(m, workspace = 2e7)
  say("test", n, nrow(m), ncol(m), as.vector(t(m)), "chi", x$statistic, x$parameter, x$p.value, "least", min(x$expected), "fisher", f$p.value)
}
p <- c(0.01, 0.02, 0.03, 0.04, 0.05, 0.001, 0.9)
say("holm", p, "to", p.adjust(p, "holm"))

# A made-up cohort with ties, late entry, censoring and three causes.
d <- data.frame(
  entry = c(0,0,0,0,0,0,0,0,0,0, 0,0,0,0,0,0,0,0, 20,30,30,45,60,60,75,90,10,15,120,200),
  exit  = c(5,12,12,30,30,30,45,60,60,75, 90,90,91,120,150,150,200,240, 30,45,90,60,150,61,200,91,30,300,240,300),
  cause = c(1,1,2,0,1,2,1,3,0,1, 2,2,1,0,1,3,1,0, 1,2,1,1,2,0,1,3,0,1,2,0))
for (i in seq_len(nrow(d))) say("spell", d$entry[i], d$exit[i], d$cause[i])
d$event <- factor(d$cause, 0:3, c("censored", "a", "b", "c")); d$id <- seq_len(nrow(d))
s <- survfit(Surv(entry, exit, event) ~ 1, data = d, id = id)
for (i in seq_along(s$time)) say("survfit", s$time[i], s$n.risk[i, 1], s$pstate[i, ])
e <- data.frame(id = d$id, from = 0, to = ifelse(d$cause == 0, "cens", d$cause), entry = d$entry, exit = d$exit)
tra <- matrix(FALSE, 4, 4, dimnames = list(0:3, 0:3)); tra[1, 2:4] <- TRUE
x <- etm(e, c("0", "1", "2", "3"), tra, "cens", s = 0, covariance = TRUE, delta.na = TRUE)
for (k in 1:3) { v <- trprob(x, paste("0", k)); w <- trcov(x, paste("0", k))
  for (i in seq_along(x$time)) say("etm", k, x$time[i], v[i], sqrt(w[i])) }
# log-log: exp(-exp(log(-log F) +- z se / (F log F))), survival's own function
for (k in 1:3) { v <- trprob(x, paste("0", k)); w <- sqrt(trcov(x, paste("0", k)))
  ok <- v > 0 & w > 0
  ci <- survival:::survfit_confint(v[ok], w[ok], logse = FALSE, conf.type = "log-log", conf.int = 0.95)
  for (i in seq_along(ci$lower)) say("loglog", k, x$time[ok][i], ci$lower[i], ci$upper[i]) }

# Agreement: two readers (psych::cohen.kappa, vcd::Kappa) and several (Fleiss 1971, Table 1).
a <- c(1,2,3,1,2,2,3,3,1,1,2,3,1,2,1,3,2,1,2,2); b <- c(1,2,3,1,1,2,3,2,1,1,2,3,1,3,1,3,2,2,2,2)
k <- Kappa(table(a, b))
say("cohen", a, "with", b, "kappa", k$Unweighted[1], k$Unweighted[2])
