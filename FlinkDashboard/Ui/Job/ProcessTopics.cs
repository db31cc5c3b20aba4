using FlinkDashboard.Model.Flink;
using FlinkDashboard.State.Flink;

namespace FlinkDashboard.Ui.Job;

/// <summary>What may be asked of a process of Flink, the JobManager or a TaskManager, for views that both have.</summary>
/// <param name="Name">For people, as <c>JobManager</c>.</param>
public sealed record ProcessTopics(string Name, FlinkTopic<FlinkMetrics> Metrics, FlinkTopic<LogFiles> Logs, Func<string?, FlinkTopic<LogText>> Log, FlinkTopic<LogText> Stdout, FlinkTopic<ThreadDump> Threads)
{
    /// <summary>The JobManager's.</summary>
    public static ProcessTopics JobManager { get; } = new("JobManager", FlinkTopics.JobManagerMetrics, FlinkTopics.JobManagerLogs, FlinkTopics.JobManagerLog, FlinkTopics.JobManagerStdout, FlinkTopics.JobManagerThreads);

    /// <summary>A TaskManager's.</summary>
    public static ProcessTopics TaskManager(string id) => new($"TaskManager {id}", FlinkTopics.TaskManagerMetrics(id), FlinkTopics.TaskManagerLogs(id), file => FlinkTopics.TaskManagerLog(id, file), FlinkTopics.TaskManagerStdout(id), FlinkTopics.TaskManagerThreads(id));
}
