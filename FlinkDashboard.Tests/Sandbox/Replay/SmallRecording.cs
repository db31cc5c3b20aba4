namespace FlinkDashboard.Tests.Sandbox.Replay;

/// <summary>A recording of a few lines in a temporary folder.</summary>
internal sealed class SmallRecording : IDisposable
{
    public static readonly DateTimeOffset StartedAt = new(2026, 11, 24, 16, 4, 41, TimeSpan.Zero);

    private const string Pod = """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"orders-abc","namespace":"small","uid":"u-1","resourceVersion":"77","creationTimestamp":"2026-11-24T16:04:43Z","labels":{"app":"orders","component":"jobmanager","topology.kubernetes.io/zone":"us-west-2b"}},"spec":{"nodeName":"ip-10-1-2-3.us-west-2.compute.internal","containers":[{"name":"main"}]},"status":{"phase":"PHASE","containerStatuses":[{"name":"main","restartCount":0,"state":STATE}]}}""";

    public SmallRecording()
    {
        Folder = Directory.CreateTempSubdirectory("recording").FullName;
        Write("scenario.json", """{"name":"small","namespace":"small","startedAt":"2026-11-24T16:04:41Z","durationMs":10000,"versions":{"kubernetes":"1.36.2"}}""");
        Write("events.jsonl", string.Join('\n',
            """{"t":1000,"resource":"flinkdeployments","type":"ADDED","object":{"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkDeployment","metadata":{"name":"orders","namespace":"small","uid":"u-0","resourceVersion":"70","generation":1,"creationTimestamp":"2026-11-24T16:04:42Z","finalizers":["f"]},"spec":{"job":{}},"status":{"jobStatus":{"startTime":"1795536285000"},"reconciliationStatus":{"reconciliationTimestamp":1795536284000}}}}""",
            """{"t":2000,"resource":"pods","type":"ADDED","object":""" + Pod.Replace("PHASE", "Pending", StringComparison.Ordinal).Replace("STATE", """{"waiting":{"reason":"ContainerCreating"}}""", StringComparison.Ordinal) + "}",
            """{"t":3000,"resource":"pods","type":"MODIFIED","object":""" + Pod.Replace("PHASE", "Running", StringComparison.Ordinal).Replace("STATE", """{"running":{"startedAt":"2026-11-24T16:04:44Z"}}""", StringComparison.Ordinal) + "}",
            """{"t":8000,"resource":"pods","type":"DELETED","object":""" + Pod.Replace("PHASE", "Running", StringComparison.Ordinal).Replace("STATE", """{"running":{}}""", StringComparison.Ordinal) + "}"));
        Write("rest.jsonl", string.Join('\n',
            """{"t":2500,"cluster":"orders","path":"/jobs/overview","status":503,"body":{"kind":"Status","code":503}}""",
            """{"t":4000,"cluster":"orders","path":"/jobs/overview","status":200,"body":{"jobs":[{"state":"CREATED","start-time":1795536285000}]}}""",
            """{"t":6000,"cluster":"orders","path":"/jobs/overview","status":200,"body":{"jobs":[{"state":"RUNNING","start-time":1795536285000}]}}"""));
        Write("logs/orders-abc.main.0.log", "2026-11-24T16:04:45.500000000Z one\n2026-11-24T16:04:47.500000000Z two words\n");
    }

    public string Folder { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
