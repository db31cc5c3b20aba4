using FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Autoscaling;

/// <summary>
/// The autoscaler's part in each pass of a job (JobAutoScalerImpl, ScalingExecutor): collects, evaluates, decides, and puts what it last
/// decided into the pass's copy of the spec, where the difference to what is deployed is then acted upon. The resource itself is not changed.
/// </summary>
internal static class Autoscaler
{
    private const int SamplesNeeded = 2;

    /// <summary>Does it.</summary>
    public static void Run(PassContext pass)
    {
        if (pass.Spec.Job is null)
            return;
        var memory = pass.Managed.Scaling;
        var options = new ScalingOptions(pass.ObserveConfig);
        Reset(pass, memory);
        try
        {
            if (!options.IsEnabled)
                memory.Clear();
            else if (pass.Status.Job.State == "RUNNING" && pass.Rest is { } rest && rest.Job(pass.Status.Job.JobId ?? "") is { } job)
                Scale(pass, options, memory, rest, job);
            ScalingStore.Write(pass.Op.World, pass.Object, memory);
        }
        catch (ScalingProblem e)
        {
            pass.Op.Events.Report(pass.Object, "Warning", "AutoscalerError", e.Message, null, null);
        }
        Apply(pass, options, memory);
    }

    // A new nonce counts as handled at once, whether it leads to a deployment or not.
    private static void Reset(PassContext pass, ScalingMemory memory)
    {
        var nonce = pass.Spec.JobNumber("autoscalerResetNonce");
        if (nonce is null || nonce == pass.Status.ReconciledShared?.Spec.JobNumber("autoscalerResetNonce"))
            return;
        memory.Clear();
        StatusUpdates.AmendBoth(pass, s => s.Job!["autoscalerResetNonce"] = nonce);
    }

    private static void Scale(PassContext pass, ScalingOptions options, ScalingMemory memory, FlinkCluster rest, FlinkJob job)
    {
        var now = pass.Op.World.Now;
        bool isFull;
        lock (pass.Op.World.Flink.Gate)
        {
            if (Collect(options, memory, rest, job, now) is not { } full)
                return;
            isFull = full;
        }
        memory.Trim(options, now);
        TrackRestart(memory, job);
        if (memory.Samples.Count < SamplesNeeded || !isFull)
            return;
        var restart = memory.RestartTime(options);
        Decide(pass, options, memory, VertexEvaluation.OfAll(job, memory.Samples, options, restart), now, restart);
    }

    /// <summary>Takes a sample.</summary>
    /// <returns>The window is full; null while the job settles.</returns>
    private static bool? Collect(ScalingOptions options, ScalingMemory memory, FlinkCluster rest, FlinkJob job, DateTimeOffset now)
    {
        var since = MetricSample.Since(job);
        var stable = since + options.Stabilization;
        var window = options.MetricsWindow;
        if (memory.Samples.Count > 0 && memory.Samples.First().Key < since)
            memory.Samples.Clear();
        var first = memory.Samples.Keys.Where(at => at >= stable).Cast<DateTimeOffset?>().FirstOrDefault();
        memory.Samples[now] = MetricSample.Of(rest, job, now);
        if (now < stable)
            return null;
        var isFull = first is { } begin && now >= begin + window;
        if (isFull)
        {
            foreach (var at in memory.Samples.Keys.Where(at => at < now - window).ToList())
                memory.Samples.Remove(at);
        }
        return isFull;
    }

    // The job runs with what was decided last: now it is known how long that took.
    private static void TrackRestart(ScalingMemory memory, FlinkJob job)
    {
        if (memory.Restarts.Count == 0 || memory.Restarts.Last() is not { Value: null } last)
            return;
        var since = MetricSample.Since(job);
        var asDecided = memory.History.Where(h => h.Value.ContainsKey(last.Key)).All(h => job.Vertices.Any(v => v.Id == h.Key && v.Parallelism == h.Value[last.Key].To));
        if (asDecided && since > last.Key)
            memory.Restarts[last.Key] = since - last.Key;
    }

    private static void Decide(PassContext pass, ScalingOptions options, ScalingMemory memory, IReadOnlyList<VertexEvaluation> vertices, DateTimeOffset now, TimeSpan restart)
    {
        var reports = new ScalingReports(pass, options);
        if (IsUnderPressure(options, memory, reports))
        {
            Note(pass, vertices, [], false);
            return;
        }
        var choice = new ParallelismChoice(options, memory, now, restart, reports.Ineffective);
        var plan = new Dictionary<string, ScalingSummary>();
        var isOutside = false;
        foreach (var vertex in vertices.Where(v => !options.Excluded.Contains(v.Vertex.Id) && v.Vertex.State != "FINISHED"))
        {
            if (choice.Of(vertex) is not { } change)
                continue;
            plan[vertex.Vertex.Id] = change.Summary;
            isOutside |= vertex.IsOutsideBand;
        }
        Note(pass, vertices, plan, isOutside && options.MayScale && !ExcludedPeriods.Contain(options.ExcludedPeriods, now));
        if (plan.Count == 0 || !isOutside)
            return;
        var blockedBy = !options.MayScale ? ScalingOptions.Prefix + "scaling.enabled:false"
            : ExcludedPeriods.Contain(options.ExcludedPeriods, now) ? $"{ScalingOptions.Prefix}excluded.periods:[{options.ExcludedPeriods.Replace(";", ", ", StringComparison.Ordinal)}]"
            : null;
        reports.Report(plan, blockedBy);
        if (blockedBy is not null)
            return;
        if (ScalingQuota.IsExceeded(pass, options, plan))
            reports.QuotaReached();
        else
            Remember(memory, vertices, plan, now);
    }

    // What its metrics show of this pass.
    private static void Note(PassContext pass, IReadOnlyList<VertexEvaluation> vertices, Dictionary<string, ScalingSummary> plan, bool scales) =>
        pass.Op.World.Metrics.Note(new(pass.Object.Type.Kind, pass.Object.Namespace, pass.Object.Name, vertices.ToDictionary(v => v.Vertex.Id, v =>
        {
            var metrics = (plan.GetValueOrDefault(v.Vertex.Id)?.Metrics ?? v.Metrics).ToDictionary(m => m.Key, m => (m.Value.Current, m.Value.Average));
            metrics["RECOMMENDED_PARALLELISM"] = (plan.GetValueOrDefault(v.Vertex.Id)?.To ?? v.Vertex.Parallelism, double.NaN);
            return (IReadOnlyDictionary<string, (double, double)>)metrics;
        }), scales && plan.Count > 0, plan.Count == 0));

    private static bool IsUnderPressure(ScalingOptions options, ScalingMemory memory, ScalingReports reports)
    {
        var collecting = memory.Samples.Last().Value.GcPressure;
        var heap = Evaluated.Round(memory.Samples.Values.Average(s => s.HeapUsage));
        if (collecting > options.GcThreshold)
            reports.MemoryPressure("GC Pressure", "gcPressure", collecting);
        else if (heap > options.HeapThreshold)
            reports.MemoryPressure("Heap Usage", "heapUsage", heap);
        else
            return false;
        return true;
    }

    private static void Remember(ScalingMemory memory, IReadOnlyList<VertexEvaluation> vertices, Dictionary<string, ScalingSummary> plan, DateTimeOffset now)
    {
        foreach (var (vertex, summary) in plan)
        {
            if (!memory.History.TryGetValue(vertex, out var decisions))
                memory.History[vertex] = decisions = [];
            decisions[now] = summary;
        }
        memory.Restarts[now] = null;
        memory.Overrides.Clear();
        foreach (var vertex in vertices.Select(v => v.Vertex))
            memory.Overrides[vertex.Id] = plan.GetValueOrDefault(vertex.Id)?.To ?? vertex.Parallelism;
        memory.Delayed.Clear();
    }

    private static void Apply(PassContext pass, ScalingOptions options, ScalingMemory memory)
    {
        if (memory.Overrides.Count == 0)
            return;
        var wanted = new Dictionary<string, int>(ParallelismOverrides.Parse(pass.Spec.Configuration.GetValueOrDefault(ParallelismOverrides.Key)));
        foreach (var (vertex, parallelism) in memory.Overrides)
        {
            // What the user says of an excluded vertex stands.
            if (!options.Excluded.Contains(vertex) || !wanted.ContainsKey(vertex))
                wanted[vertex] = parallelism;
        }
        var deployed = pass.ObserveConfig.GetValueOrDefault(ParallelismOverrides.Key);
        pass.Spec.Configure(ParallelismOverrides.Key, deployed is not null && ParallelismOverrides.Same(ParallelismOverrides.Parse(deployed), wanted) ? deployed : ParallelismOverrides.Write(wanted));
    }
}
