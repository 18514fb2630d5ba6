// Command peer lets the project's engine take part in a comparison of tabulation
// programs on one and the same CSV file of synthetic cases, each answer code of a
// multiple choice a 0/1 column.
//
//	peer CSV RUNS OUT
//
// It reads, checks and prepares the cases, counts the tables that the file named by the
// environment variable SPEC lists (56 of them), nationally and by municipality, RUNS
// times each, writes every cell to OUT (- for none) and prints one JSON line: seconds to
// load, seconds of every run, and the peak of memory. See docs/performance.md.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/tabulate"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "peer:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 3 {
		return fmt.Errorf("usage: peer CSV RUNS OUT")
	}
	debug.SetGCPercent(20) // one big load and then nothing: keep the peak low
	runs, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	spec, err := readSpec(os.Getenv("SPEC"))
	if err != nil {
		return err
	}
	layout := record.NewLayout(codebook.Default())
	start := time.Now()
	batches, bad, err := readCases(context.Background(), args[0], layout)
	if err != nil {
		return err
	}
	cols := tabulate.Build(layout, batches)
	batches = nil
	runtime.GC() // what follows fits where they were
	tables, err := define(spec)
	if err != nil {
		return err
	}
	plan, err := prepare(cols, tables)
	if err != nil {
		return err
	}
	load := time.Since(start).Seconds()

	var whole, places *tabulate.Counted
	nat, natCPU := measure(runs, func() { whole = plan.Whole() })
	muni, muniCPU := measure(runs, func() { places = plan.ByPlace() })
	if args[2] != "-" {
		if err := writeCells(args[2], tables, cols, whole, places); err != nil {
			return err
		}
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"peer": "foljsam", "load_s": load, "bad": bad,
		"nat_s": nat, "muni_s": muni, "nat_cpu": natCPU, "muni_cpu": muniCPU, "rss_mb": peakMiB(),
		"free": freeTables(cols, runs),
	})
}

// measure runs a job once to warm up and then some times, and gives each run's seconds
// on the clock and of processor time.
func measure(runs int, job func()) (wall, cpu []float64) {
	for i := range runs + 1 {
		runtime.GC()
		w, c := time.Now(), cpuSeconds()
		job()
		if i > 0 {
			wall, cpu = append(wall, time.Since(w).Seconds()), append(cpu, cpuSeconds()-c)
		}
	}
	return wall, cpu
}
