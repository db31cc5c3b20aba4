namespace FlinkDashboard.Model.Metrics;

public static partial class MetricCatalog
{
    private const string Application = "{{namespace}}/{{app}}";

    private static MetricChart OfFleet(string id, string title, ChartUnit unit, string meaning, string need, string query) =>
        Chart(ChartSubjectKind.Fleet, "Fleet", id, title, unit, meaning, NoReporter, [need], new ChartQuery(query, Application)) with { IsMain = true };

    private static IReadOnlyList<MetricChart> Fleet =>
    [
        OfFleet("fleet-throughput", "Records out of sources", ChartUnit.RecordsPerSecond, "What each application reads per second.",
            "flink_taskmanager_job_task_operator_numRecordsOutPerSecond",
            "sum by ($by) ($each(flink_taskmanager_job_task_operator_numRecordsOutPerSecond{$app,operator_name=~\"Source:.*\"}))"),
        OfFleet("fleet-backlog", "Records waiting", ChartUnit.Count, "Backlog of each application's sources. Rising lines are applications that are too slow for what arrives.",
            "flink_taskmanager_job_task_operator_pendingRecords", "sum by ($by) ($each(flink_taskmanager_job_task_operator_pendingRecords{$app} >= 0))"),
        OfFleet("fleet-busy", "Busiest subtask", ChartUnit.Ratio, "Share of time at work of each application's busiest subtask.",
            "flink_taskmanager_job_task_busyTimeMsPerSecond", "max by ($by) ($each(flink_taskmanager_job_task_busyTimeMsPerSecond{$app} >= 0)) / 1000") with { Thresholds = [new(0.9, "no reserve")] },
        OfFleet("fleet-back-pressure", "Back pressure", ChartUnit.Ratio, "Share of time that each application's most back-pressured subtask waits.",
            "flink_taskmanager_job_task_backPressuredTimeMsPerSecond", "max by ($by) ($each(flink_taskmanager_job_task_backPressuredTimeMsPerSecond{$app})) / 1000") with { Thresholds = [new(0.5, "back pressure for longer than 15 min needs a look")] },
        OfFleet("fleet-checkpoint-failures", "Failed checkpoints per hour", ChartUnit.Count, "Failed checkpoints of each application.",
            "flink_jobmanager_job_numberOfFailedCheckpoints", "sum by ($by) ($each(increase(flink_jobmanager_job_numberOfFailedCheckpoints{$app}[$hour])))"),
        OfFleet("fleet-restarts", "Restarts per hour", ChartUnit.Count, "Restarts of each application's jobs, by failures and by rescaling.",
            "flink_jobmanager_job_numRestarts", "sum by ($by) ($each(increase(flink_jobmanager_job_numRestarts{$app}[$hour])))") with { Thresholds = [new(3, "a failure comes back")] },
    ];
}
