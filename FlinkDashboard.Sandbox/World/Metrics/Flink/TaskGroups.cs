using System.Globalization;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.World.Metrics.Flink;

/// <summary>The series of one subtask and its operators.</summary>
internal static class TaskGroups
{
    /// <summary>All of them.</summary>
    /// <param name="seed">Of the world.</param>
    /// <param name="version">Flink's.</param>
    /// <param name="settings">Configuration of the cluster.</param>
    /// <param name="job">The job, which does not change any more.</param>
    /// <param name="vertex">The vertex.</param>
    /// <param name="index">The subtask.</param>
    /// <param name="target">Its TaskManager.</param>
    /// <param name="labels">Labels of the TaskManager and the job.</param>
    public static IEnumerable<MetricGroup> Of(int seed, string version, IReadOnlyDictionary<string, string> settings, FlinkJob job, FlinkVertex vertex, int index, MetricTarget target, LabelSet labels)
    {
        var task = labels.With(VertexLabels(vertex)).With(LabelSet.Of("subtask_index", index.ToString(CultureInfo.InvariantCulture),
            "task_attempt_num", vertex.Attempt.ToString(CultureInfo.InvariantCulture), "task_attempt_id", $"{vertex.Id}_{index}_{vertex.Attempt}"));
        var subtask = new Subtask(seed, job, vertex, index);
        TaskMoment At(DateTimeOffset moment) => new(subtask, moment);
        yield return new MetricGroup<TaskMoment>(target, task, TaskMetrics.Table(version, vertex), At);
        foreach (var (position, name) in vertex.Name.Split(" -> ").Index())
        {
            var own = task.With(OperatorLabels(vertex, position));
            var table = OperatorMetrics.Of(job, vertex, position, name);
            OperatorMoment Operator(DateTimeOffset moment) => new(At(moment), position);
            yield return new MetricGroup<OperatorMoment>(target, own, table, Operator);
            foreach (var group in KafkaMetrics.Of(target, own, vertex, index, position, table == OperatorMetrics.Sink, Operator))
                yield return group;
            foreach (var group in position == 0 ? RocksDbMetrics.Of(target, own, vertex, settings, Operator) : [])
                yield return group;
        }
    }

    /// <summary>All tables that subtasks of a job have.</summary>
    public static IEnumerable<MetricTable> Tables(string version, IReadOnlyDictionary<string, string> settings, FlinkJob job) => job.Vertices.SelectMany(v =>
        (IEnumerable<MetricTable>)[
            TaskMetrics.Table(version, v), .. v.Name.Split(" -> ").Select((name, position) => OperatorMetrics.Of(job, v, position, name)), .. KafkaMetrics.Tables, .. RocksDbMetrics.TablesOf(v, settings),
        ]).Distinct();

    /// <summary>Labels of a vertex.</summary>
    public static LabelSet VertexLabels(FlinkVertex vertex) => LabelSet.Of("task_id", vertex.Id, "task_name", MetricTable.Filter(vertex.Name));

    /// <summary>Labels of an operator: the first of a chain has the id of its vertex.</summary>
    public static LabelSet OperatorLabels(FlinkVertex vertex, int position) => LabelSet.Of("operator_id", vertex.Id[position..] + vertex.Id[..position],
        "operator_name", MetricTable.Filter(vertex.Name.Split(" -> ")[position]));
}
