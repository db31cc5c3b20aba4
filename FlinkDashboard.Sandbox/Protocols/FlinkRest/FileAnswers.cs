using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>
/// Log files. The official image's log configuration writes to the console and, the same lines, to one file; standard output goes to the console only.
/// </summary>
internal static class FileAnswers
{
    private const string Container = "flink-main-container";

    public static readonly IReadOnlyList<Route> Routes =
    [
        new("GET", "/jobmanager/logs", call => List(call, OfJobManager(call))),
        new("GET", "/jobmanager/logs/:filename", call => OfJobManager(call) is { } file && file.Name == call.Path["filename"] ? Text(call, file) : throw NoFile()),
        new("GET", "/jobmanager/log", call => OfJobManager(call) is { } file ? Text(call, file) : throw NoFile()),
        new("GET", "/jobmanager/stdout", _ => throw NoFile()),
        new("GET", "/taskmanagers/:taskmanagerid/logs", call => List(call, OfTaskManager(call))),
        new("GET", "/taskmanagers/:taskmanagerid/logs/:filename", call => OfTaskManager(call) is { } file && file.Name == call.Path["filename"] ? Text(call, file) : throw NoTransfer(call)),
        new("GET", "/taskmanagers/:taskmanagerid/log", call => OfTaskManager(call) is { } file ? Text(call, file) : throw NoTransfer(call)),
        new("GET", "/taskmanagers/:taskmanagerid/stdout", call => throw NoTransfer(call)),
        new("GET", "/jobs/:jobid/jobmanager/log-url", call =>
        {
            _ = call.Job;
            return new JsonObject { ["url"] = $"http://{call.Cluster.Id}-rest.{call.Cluster.Namespace}:8081/#/job-manager/logs" };
        }) { Since = (1, 16) },
        new("GET", "/jobs/:jobid/taskmanagers/:taskmanagerid/log-url", call =>
        {
            _ = call.Job;
            return new JsonObject { ["url"] = $"http://{call.Cluster.Id}-rest.{call.Cluster.Namespace}:8081/#/task-manager/{TaskManagerAnswers.Find(call).Id}/logs" };
        }) { Since = (1, 16) },
        new("GET", "/jobmanager/profiler", Profilings) { Since = (1, 19) },
        new("GET", "/taskmanagers/:taskmanagerid/profiler", call =>
        {
            _ = TaskManagerAnswers.Find(call);
            return Profilings(call);
        }) { Since = (1, 19) },
    ];

    private static RestAnswer Profilings(RestCall call) => call.Cluster.Configuration.Flag("rest.profiling.enabled")
        ? new JsonObject { ["profilingList"] = new JsonArray() }
        : throw new FlinkRefusal(404, "Unable to load requested file /profiler.");

    private static RestAnswer List(RestCall call, LogOf? file) => new JsonObject
    {
        ["logs"] = file is null ? new JsonArray() : new JsonArray(new JsonObject
        {
            ["name"] = file.Name,
            ["size"] = file.Lines.Sum(l => (long)System.Text.Encoding.UTF8.GetByteCount(l.Text) + 1),
            ["mtime"] = file.Lines.Count > 0 ? RestCall.Ms(file.Lines[^1].Time) : call.Now,
        }),
    };

    private static RestAnswer Text(RestCall call, LogOf file) => new(null) { Text = string.Concat(file.Lines.Select(l => l.Text + "\n")) };

    private static LogOf? OfJobManager(RestCall call) => Of(call, call.Cluster.PodName, call.Cluster.IsSession ? "kubernetes-session" : "kubernetes-application", "standalonesession", "standalonejob");

    private static LogOf? OfTaskManager(RestCall call) => Of(call, TaskManagerAnswers.Find(call).PodName, "kubernetes-taskmanager", "taskexecutor", "taskexecutor");

    private static LogOf? Of(RestCall call, string podName, string native, string standaloneSession, string standaloneJob)
    {
        if (call.World.Objects.Find(ResourceTypes.Pods, call.Cluster.Namespace, podName) is not { } pod)
            return null;
        var restart = (int?)pod.Read()["status"]?["containerStatuses"]?.AsArray().FirstOrDefault(c => (string?)c!["name"] == Container)?["restartCount"] ?? 0;
        if (call.World.Logs.Read(pod.Uid, Container, restart) is not { } log)
            return null;
        var command = pod.Labels.GetValueOrDefault("type") == "flink-native-kubernetes" ? native : call.Cluster.IsSession ? standaloneSession : standaloneJob;
        return new LogOf($"flink--{command}-0-{podName}.log", log.Lines);
    }

    private static FlinkRefusal NoFile() => new(404, "This file does not exist in JobManager log dir.");

    private static FlinkRefusal NoTransfer(RestCall call) => new(500, "Internal server error.",
        $"<Exception on server side:\norg.apache.flink.util.FlinkException: Failed to transfer file from TaskExecutor {TaskManagerAnswers.Find(call).Id}.\n\tat org.apache.flink.runtime.rest.handler.taskmanager.AbstractTaskManagerFileHandler.lambda$respondToRequest$0(AbstractTaskManagerFileHandler.java:136)\n\nEnd of exception on server side>");

    private sealed record LogOf(string Name, IReadOnlyList<ContainerLogLine> Lines);
}
