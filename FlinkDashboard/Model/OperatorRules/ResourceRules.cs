using System.Text.Json.Nodes;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Memory, cores and disk of the components, and what blue/green adds.</summary>
internal static class ResourceRules
{
    private const long Little = 128L << 20;

    public static IEnumerable<FieldProblem> Of(PracticeSubject s)
    {
        foreach (var component in (string[])["jobManager", "taskManager"])
        {
            foreach (var problem in Component(s.Body.At(component, "resource") as JsonObject ?? [], $"{s.Root}.{component}.resource"))
                yield return problem;
        }
        foreach (var problem in Undecodable(s))
            yield return problem;
        if (s.Kind == "FlinkSessionJob" && s.Configuration.Keys.FirstOrDefault(IsOfCluster) is { } key)
            yield return PracticeSubject.Warning(s.Key(key), "sessionjob.configuration", $"{key} belongs to the cluster; on a session job it does nothing.");
        if (s.Kind == "FlinkStateSnapshot" && s.Spec.Number("backoffLimit") < -1)
            yield return PracticeSubject.Error("spec.backoffLimit", "snapshot.backoff", "backoffLimit is -1 for retries without end, 0 for none, or how many.");
        if (s.Kind != "FlinkBlueGreenDeployment")
            yield break;
        foreach (var (name, value) in FlinkConfiguration.Flatten(s.Spec["configuration"]).Where(p => FlinkDuration.Parse(p.Value) is null))
            yield return PracticeSubject.Error($"spec.configuration[{name}]", "configuration.duration", $"{name}: {value} is no duration (10 s, 5 min, 1 h).");
    }

    private static IEnumerable<FieldProblem> Component(JsonObject resource, string field)
    {
        if (resource.Number("cpu") is <= 0)
            yield return PracticeSubject.Error(field + ".cpu", "resource.cpu", "cpu must be more than 0.");
        if (resource.Text("memory") is { } memory)
        {
            if (FlinkMemory.Parse(memory) is not { } bytes)
                yield return PracticeSubject.Error(field + ".memory", "resource.memory", $"{memory} is no memory size (2048m, 2g, 2Gi).");
            else if (bytes < Little)
                yield return PracticeSubject.Error(field + ".memory", "resource.memory.little", $"{memory} is {bytes} bytes, too little for any Flink process; m counts MiB here.");
        }
        if (resource.Text("ephemeralStorage") is { } disk && FlinkMemory.Parse(disk) is null)
            yield return PracticeSubject.Error(field + ".ephemeralStorage", "resource.ephemeralStorage", $"{disk} is no size (2Gi).");
    }

    // What the API server takes but the operator's Java types do not: its watch fails on such an object, and the whole operator stops.
    private static IEnumerable<FieldProblem> Undecodable(PracticeSubject s)
    {
        if (s.Body["flinkConfiguration"] is { } configuration and not JsonObject)
            yield return PracticeSubject.Error(s.Root + ".flinkConfiguration", "operator.decoder", $"flinkConfiguration must be a mapping; the operator stops working when it meets a {(configuration is JsonArray ? "list" : "scalar")} here.");
        foreach (var path in (string[][])[["job", "parallelism"], ["jobManager", "replicas"], ["taskManager", "replicas"]])
        {
            if (s.Body.Number(path) is > int.MaxValue or < int.MinValue)
                yield return PracticeSubject.Error($"{s.Root}.{string.Join('.', path)}", "operator.decoder", $"{string.Join('.', path)} must fit in 32 bits; the operator stops working when it meets a larger number.");
        }
    }

    private static bool IsOfCluster(string key) => key.StartsWith("taskmanager.", StringComparison.Ordinal) || key.StartsWith("jobmanager.", StringComparison.Ordinal)
        || key.StartsWith("high-availability", StringComparison.Ordinal) || key.StartsWith("kubernetes.taskmanager", StringComparison.Ordinal) || key.StartsWith("kubernetes.jobmanager", StringComparison.Ordinal);
}
