using System.Globalization;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Observers;

/// <summary>status.clusterInfo: versions, and what the cluster uses by its configuration and number of TaskManagers.</summary>
internal static class ClusterInfo
{
    /// <summary>Reads it.</summary>
    public static void Observe(PassContext pass, FlinkCluster rest)
    {
        var info = pass.Status.ClusterInfo;
        var config = rest.Configuration;
        var workers = rest.TaskManagers.Count;
        var masters = (int)(Number(config, "kubernetes.jobmanager.replicas") ?? 1);
        info["flink-version"] = rest.Version;
        info["flink-revision"] = rest.Revision;
        info["total-cpu"] = Java((masters * Cpu(config, "jobmanager", 1)) + (workers * Cpu(config, "taskmanager", FlinkOptions.Slots(config))));
        info["total-memory"] = ((masters * Memory(config, "jobmanager")) + (workers * Memory(config, "taskmanager"))).ToString(CultureInfo.InvariantCulture);
        if (pass.Status.Job.JobId is { } id && rest.Job(id)?.Checkpoints?.LatestCompleted is { } newest)
            info["state-size"] = newest.StateSize.ToString(CultureInfo.InvariantCulture);
    }

    private static double Cpu(IReadOnlyDictionary<string, string> config, string component, double otherwise) =>
        (Number(config, $"kubernetes.{component}.cpu.amount") ?? otherwise) * (Number(config, $"kubernetes.{component}.cpu.limit-factor") ?? 1);

    private static long Memory(IReadOnlyDictionary<string, string> config, string component) =>
        (long)(MemoryText.Parse(config.GetValueOrDefault($"{component}.memory.process.size", "1600m")) * (Number(config, $"kubernetes.{component}.memory.limit-factor") ?? 1));

    private static double? Number(IReadOnlyDictionary<string, string> config, string key) =>
        double.TryParse(config.GetValueOrDefault(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string Java(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.') ? text : text + ".0";
    }
}
