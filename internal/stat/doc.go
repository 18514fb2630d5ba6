// Package stat holds the few statistics that the reports use: intervals of a proportion
// and of the difference between two. Each function names its source and is tested
// against the numbers printed there.
//
// It knows nothing of cases, tables or masking, and it never tests a hypothesis: the
// reports give intervals, no p-values.
package stat
