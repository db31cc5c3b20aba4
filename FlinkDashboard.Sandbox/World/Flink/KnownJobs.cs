using System.Globalization;

namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>
/// What each known jar does, by its file name and arguments. Every other jar that exists runs as <c>steady</c> does, under a name made
/// from its own; where worlds have days its input follows them. Graphs, names and ids are those of the recorded jobs.
/// </summary>
public static class KnownJobs
{
    private static readonly string[] OwnJobs = ["steady.jar", "backpressure.jar", "failing.jar", "bounded.jar", "manyvertices.jar", "nostop.jar"];

    private static readonly string[] Examples =
    [
        "Iteration.jar", "SessionWindowing.jar", "SocketWindowWordCount.jar", "StateMachineExample.jar", "TopSpeedWindowing.jar", "WindowJoin.jar", "WordCount.jar",
    ];

    /// <summary>
    /// Whether a jar can be opened. <c>local://</c> and <c>file:</c> paths of the official image are known by list; remote addresses and
    /// other images are taken to hold what is asked of them.
    /// </summary>
    public static bool Exists(string uri, string image)
    {
        var path = LocalPath(uri);
        if (path is null || !IsOfficial(image))
            return true;
        var file = FileName(uri);
        return path.StartsWith("/opt/flink/examples/", StringComparison.Ordinal) ? Examples.Contains(file)
            : path.StartsWith("/opt/flink/jobs/", StringComparison.Ordinal) ? OwnJobs.Contains(file)
            : path.StartsWith("/opt/flink/usrlib/", StringComparison.Ordinal) && (OwnJobs.Contains(file) || Examples.Contains(file));
    }

    /// <summary>What a jar does with these arguments.</summary>
    public static KnownJob Of(string uri, IReadOnlyList<string> arguments, string? entryClass = null)
    {
        var args = new ProgramArguments(arguments);
        return FileName(uri) switch
        {
            "StateMachineExample.jar" => StateMachine(args),
            "TopSpeedWindowing.jar" => TopSpeed,
            "WordCount.jar" => WordCount(args),
            "AutoscalingExample.jar" or "autoscaling.jar" => entryClass?.EndsWith("LoadSimulationPipeline", StringComparison.Ordinal) == true ? LoadSimulation(args) : Autoscaling,
            "LoadSimulationPipeline.jar" => LoadSimulation(args),
            "backpressure.jar" => Shared(args, "backpressure", Backpressure),
            "failing.jar" => Failing(args) with { Swing = 0.3 },
            "bounded.jar" => Bounded(args),
            "kafka-ledger.jar" => Shared(args, "ledger", KafkaLedger) with { StateSize = 36_000_000, Swing = 0.35, Surge = 2.2 },
            "manyvertices.jar" => ManyVertices(args) with { Swing = 0.4 },
            "nostop.jar" => NoStop(args) with { Swing = 0.3 },
            "steady.jar" => Shared(args, "steady", Steady),
            var other => Shared(args, other.EndsWith(".jar", StringComparison.Ordinal) ? other[..^4] : other, Steady) with { Swing = 0.4 },
        };
    }

    /// <summary>File name of a jar's address.</summary>
    public static string FileName(string uri) => uri[(uri.LastIndexOf('/') + 1)..];

    /// <summary>Path in the container, or null for a remote address.</summary>
    public static string? LocalPath(string uri)
    {
        if (uri.StartsWith('/'))
            return uri;
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && uri[..colon] is "local" or "file" ? "/" + uri[(colon + 1)..].TrimStart('/') : null;
    }

    private static bool IsOfficial(string image) => image == "flink" || image.StartsWith("flink:", StringComparison.Ordinal) || image.Contains("/library/flink:", StringComparison.Ordinal);

    private static KnownVertex Numbers(ProgramArguments args, long rate) => new(OperatorId.Of("numbers"), "Source: numbers") { RecordsPerSecond = args.Number("rate", rate), Busy = 0.02 };

    private static IReadOnlyList<KnownVertex> Steady(ProgramArguments args) =>
    [
        Numbers(args, 2000),
        new(OperatorId.Of("totals"), "totals", (0, "HASH")) { RecordsPerSecond = args.Number("rate", 2000), Accumulator = "records-seen" },
        new(OperatorId.Of("format"), "format -> drop: Writer", (1, "REBALANCE")) { RecordsPerSecond = args.Number("rate", 2000), Busy = 0.03 },
    ];

    // Reads one topic, keeps a balance for each account, writes another topic.
    private static IReadOnlyList<KnownVertex> KafkaLedger(ProgramArguments args) =>
    [
        new(OperatorId.Of("bookings"), "Source: bookings -> parse") { RecordsPerSecond = args.Number("rate", 3000), Busy = 0.08, Topic = "bookings", Partitions = 8 },
        new(OperatorId.Of("balances"), "balances", (0, "HASH")) { RecordsPerSecond = args.Number("rate", 3000), Busy = 0.38, States = ["balance", "last-booking"] },
        new(OperatorId.Of("postings"), "postings: Writer -> postings: Committer", (1, "FORWARD")) { RecordsPerSecond = args.Number("rate", 3000), Busy = 0.06, WritesTopic = "postings" },
    ];

    private static IReadOnlyList<KnownVertex> Backpressure(ProgramArguments args)
    {
        var burns = args.Number("burn", 2000) >= 1_000_000;
        return
        [
            Numbers(args, 5000) with { RecordsPerSecond = 480, BackPressured = burns ? 0.97 : 0.3 },
            new(OperatorId.Of("parse"), "parse", (0, "REBALANCE")) { RecordsPerSecond = 480, Busy = burns ? 1 : 0.04, BackPressured = burns ? 0 : 0.95 },
            new(OperatorId.Of("slow-writer"), "slow-writer -> drop: Writer", (1, "REBALANCE")) { RecordsPerSecond = 480, Busy = burns ? 0.1 : 1 },
        ];
    }

    // What the own jobs have in common: a name and a restart strategy that arguments may set.
    private static KnownJob Shared(ProgramArguments args, string name, Func<ProgramArguments, IReadOnlyList<KnownVertex>> graph)
    {
        var settings = new Dictionary<string, string> { ["pipeline.object-reuse"] = "true" };
        if (args.Text("restarts") is { } restarts)
        {
            settings["restart-strategy.type"] = "fixed-delay";
            settings["restart-strategy.fixed-delay.attempts"] = restarts;
            settings["restart-strategy.fixed-delay.delay"] = args.Number("delay-ms", 2000).ToString(CultureInfo.InvariantCulture) + " ms";
        }
        void Copy(string argument, string key, string unit = "")
        {
            if (args.Text(argument) is { } value)
                settings[key] = value + unit;
        }
        Copy("checkpoint-ms", "execution.checkpointing.interval", " ms");
        Copy("checkpoint-timeout-ms", "execution.checkpointing.timeout", " ms");
        Copy("tolerated-failures", "execution.checkpointing.tolerable-failed-checkpoints");
        Copy("unaligned", "execution.checkpointing.unaligned.enabled");
        return new KnownJob(args.Text("name") ?? name, graph(args)) { Configuration = settings, StateSize = 20_000 };
    }

    private static KnownJob Failing(ProgramArguments args)
    {
        var seconds = args.Flag("fail-forever") ? 0 : args.Number("every", 20);
        return Shared(args, "failing", a => [Numbers(a, 100), new(OperatorId.Of("breaker"), "breaker -> drop: Writer", (0, "REBALANCE"))]) with
        {
            FailsAfter = TimeSpan.FromSeconds(seconds),
            FailingVertex = 1,
            Failure = seconds == 0
                ? FlinkThrowable.Of("java.lang.IllegalStateException", "Planned failure while opening", "jobs.Failing$Breaker.open(Failing.java:42)")
                : FlinkThrowable.Of("java.lang.IllegalStateException", $"Planned failure after {seconds} s", "jobs.Failing$Breaker.map(Failing.java:50)",
                    FlinkThrowable.Of("java.io.IOException", "Cannot reach warehouse.example:5432", "jobs.Failing$Breaker.map(Failing.java:52)")),
        };
    }

    private static KnownJob Bounded(ProgramArguments args) =>
        Shared(args, "bounded", a => [Numbers(a, 200), new(OperatorId.Of("sum"), "sum -> drop: Writer", (0, "HASH"))]) with
        {
            RunsFor = TimeSpan.FromSeconds(args.Number("seconds", 15)),
        };

    private static KnownJob NoStop(ProgramArguments args)
    {
        var mode = args.Text("mode") ?? "decline";
        var job = Shared(args, "nostop-" + mode, a => [Numbers(a, 100), new(OperatorId.Of("guard"), "guard -> drop: Writer", (0, "REBALANCE"))]);
        var settings = new Dictionary<string, string>(job.Configuration);
        settings.TryAdd("execution.checkpointing.tolerable-failed-checkpoints", "2147483647");
        return job with
        {
            Configuration = settings,
            Trouble = mode switch { "slow" => CheckpointTrouble.Slow, "throw" => CheckpointTrouble.Throw, _ => CheckpointTrouble.Decline },
            TroubleAfter = args.Number("after", 0),
            FailingVertex = 1,
        };
    }

    private static KnownJob ManyVertices(ProgramArguments args)
    {
        var count = (int)args.Number("vertices", 50);
        (int, string)[] Inputs(int i) => (args.Text("shape") ?? "line") switch
        {
            "tree" when i < count - 1 => [((i - 1) / 2, "FORWARD")],
            "mesh" when i is >= 3 && i < count - 1 => [(i - 1, "FORWARD"), (i - 3, "FORWARD")],
            _ => [(i - 1, "FORWARD")],
        };
        return Shared(args, $"manyvertices-{count}", a =>
        [
            Numbers(a, 100),
            .. Enumerable.Range(1, count - 1).Select(i => new KnownVertex(OperatorId.Of($"step-{i}"), $"step-{i}{(i == count - 1 ? " -> drop: Writer" : "")}", Inputs(i))),
        ]);
    }

    private static KnownJob StateMachine(ProgramArguments args)
    {
        var rate = args.Number("rps", 2000);
        return new KnownJob("State machine job",
        [
            new("bc764cd8ddf7a0cff126f51c16239658", "Source: Events Generator Source") { RecordsPerSecond = rate, Busy = 0.02 },
            new("20ba6b65f97481d5570070de90e4e791", "Flat Map -> Sink: Print to Std. Out", (0, "HASH")) { RecordsPerSecond = rate },
        ])
        {
            OwnCheckpointInterval = TimeSpan.FromSeconds(2),
            StateSize = 7_900,
            Swing = 0.35,
            Prints = $"Using standalone source with error rate {args.Text("error-rate") ?? "0.000000"} and {rate}.0 records per second",
        };
    }

    private static KnownJob TopSpeed { get; } = new("CarTopSpeedWindowingExample",
    [
        new("cbc357ccb763df2852fee8c4fc7d55f2", "Source: Car data generator source -> Timestamps/Watermarks") { RecordsPerSecond = 10, Busy = 0.01 },
        new("90bea66de1c231edf33913ecd54406c1", "Window(GlobalWindows(), DeltaTrigger, TimeEvictor, ComparableAggregator, PassThroughWindowFunction) -> Sink: Print to Std. Out", (0, "HASH")) { RecordsPerSecond = 10 },
    ]);

    private static KnownJob WordCount(ProgramArguments args) => new("WordCount",
    [
        new("cbc357ccb763df2852fee8c4fc7d55f2", args.Text("input") is null ? "Source: in-memory-input -> tokenizer" : "Source: file-input -> tokenizer"),
        new("09fe0bc1cc6d1d2b7c1c7a3f4dcbb4e6", args.Text("output") is null ? "counter -> print-sink: Writer" : "counter -> file-sink: Writer", (0, "HASH")),
    ])
    {
        RunsFor = TimeSpan.FromSeconds(args.Text("input") is null ? 1 : 20),
    };

    private static KnownJob Autoscaling { get; } = new("Autoscaling Example",
    [
        new(OperatorId.Of("autoscaling-source"), "Source: Data Source") { RecordsPerSecond = 5000, Busy = 0.1, BackPressured = 0.2 },
        new(OperatorId.Of("autoscaling-map"), "Heavy Map", (0, "REBALANCE")) { RecordsPerSecond = 5000, Busy = 0.9 },
        new(OperatorId.Of("autoscaling-sink"), "Sink: Writer", (1, "REBALANCE")) { RecordsPerSecond = 5000, Busy = 0.1 },
    ])
    { StateSize = 1_500_000 };

    // Three branches of three loads each unless --maxLoadPerTask says otherwise, as the operator's example has it.
    private static KnownJob LoadSimulation(ProgramArguments args)
    {
        var vertices = new List<KnownVertex>();
        foreach (var (branch, loads) in (args.Text("maxLoadPerTask") ?? "1;2;3\n4;5;6\n7;8;9").Split('\n').Index())
        {
            vertices.Add(new KnownVertex(OperatorId.Of($"impulse-{branch}"), "Source: ImpulseSource") { Work = 0.05 });
            foreach (var (step, load) in loads.Split(';').Index())
            {
                var last = step == loads.Split(';').Length - 1 ? " -> Sink: Unnamed" : "";
                vertices.Add(new KnownVertex(OperatorId.Of($"load-{branch}-{step}"), $"MaxLoad: {load}.0{last}", (vertices.Count - 1, "REBALANCE")) { Work = double.Parse(load, CultureInfo.InvariantCulture) });
            }
        }
        var minutes = args.Number("repeatsAfterMinutes", 60);
        return new KnownJob($"Load Simulation (repeats after {minutes} minutes)", vertices) { Load = new LoadProfile(TimeSpan.FromMinutes(minutes), 0.02, 1) };
    }
}
