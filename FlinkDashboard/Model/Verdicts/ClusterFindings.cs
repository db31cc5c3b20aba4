using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Verdicts;

/// <summary>What the pods and events of a Flink cluster say about it.</summary>
internal static class ClusterFindings
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ExceptionPause = TimeSpan.FromMinutes(10);

    /// <summary>JobManager pods. <paramref name="expected"/>: the operator says that the JobManager is up.</summary>
    public static void AddJobManagers(Findings findings, FlinkDeployment d, ClusterPods pods, bool expected)
    {
        var living = pods.JobManagers.Where(p => !p.Metadata.IsDeleting).ToList();
        var ready = living.Count(p => PodReading.Of(p).IsReady);
        foreach (var pod in living)
        {
            if (PodTrouble.Of(pod, "JobManager") is { } trouble)
                AddTrouble(findings, trouble, ready > 0);
            else if (PodTrouble.RecentMemoryKill(pod, "JobManager", findings.Now) is { } kill)
                findings.Add(VerdictState.Degraded, kill);
        }
        if (!expected)
            return;
        if (living.Count == 0)
            findings.Add(VerdictState.Degraded, "no JobManager pod is to be seen");
        else if (ready == 0 && !findings.Has(VerdictState.Failing))
            findings.AddByAge($"the JobManager pod {living[0].Metadata.Name} is not ready", living[0].Metadata.CreationTimestamp, TimeSpan.Zero, Long, VerdictState.Degraded);
        else if (ready < FlinkReading.JobManagersWantedOf(d))
            findings.Add(VerdictState.Degraded, $"{ready} of {FlinkReading.JobManagersWantedOf(d)} JobManagers are ready");
    }

    /// <summary>TaskManager pods. <paramref name="running"/>: the job runs, so fewer than wanted means that it is about to fail over.</summary>
    public static void AddTaskManagers(Findings findings, ClusterPods pods, int? wanted, bool running)
    {
        var living = pods.TaskManagers.Where(p => !p.Metadata.IsDeleting && p.Status.Phase is not "Succeeded").ToList();
        var ready = living.Count(p => PodReading.Of(p).IsReady);
        var enough = wanted is null || ready >= wanted;
        foreach (var pod in living)
        {
            if (PodTrouble.Of(pod, "TaskManager") is { } trouble)
                AddTrouble(findings, trouble, enough || (running && ready > 0));
            else if (PodTrouble.RecentMemoryKill(pod, "TaskManager", findings.Now) is { } kill)
                findings.Add(VerdictState.Degraded, kill);
        }
        if (running && enough && wanted is not null)
            findings.Remarks.Add(ready > wanted ? $"{ready} TaskManagers are ready" : $"{ready} of {wanted} TaskManagers are ready");
        if (!running || enough)
            return;
        var starting = living.Where(p => !PodReading.Of(p).IsReady).Select(p => p.Metadata.CreationTimestamp).Max();
        var text = $"{ready} of {wanted} TaskManagers are ready";
        if (ready == 0 && starting is not null)
            findings.AddByAge(text, starting, TimeSpan.Zero, TimeSpan.FromMinutes(2), VerdictState.Degraded);
        else
            findings.Add(VerdictState.Degraded, text, starting);
    }

    /// <summary>
    /// Exceptions that the operator reported. An event counts from its first time on: three or more, on average within ten minutes of each
    /// other and the last just now, are a job that restarts again and again: true when it was told so.
    /// </summary>
    public static bool AddExceptions(Findings findings, ObjectMeta about, IReadOnlyList<CoreEvent> events)
    {
        var recent = events.Where(e => IsAbout(e, about) && e.Reason == "JobException" && EventReading.TimeOf(e) is { } at && findings.Now - at < ExceptionPause).ToList();
        if (recent.Count == 0)
            return false;
        var count = recent.Sum(EventReading.CountOf);
        var newest = recent.MaxBy(EventReading.TimeOf)!;
        var last = EventReading.TimeOf(newest)!.Value;
        var span = last - recent.Min(EventReading.FirstTimeOf);
        var again = count >= 3 && !(span > (count - 1) * ExceptionPause);
        if (again)
            findings.Add(VerdictState.Degraded, $"the job failed {count} times{(span is { } known ? $" in {AgeText.Of(known)}" : "")}, last {AgeText.Of(findings.Now - last)} ago{PodTrouble.Explained(newest.Message)}");
        else if (findings.Now - last < Long)
            findings.Remarks.Add($"it restarted after an exception {AgeText.Of(findings.Now - last)} ago");
        return again;
    }

    /// <summary>The newest warning of the operator about an object, of one of these reasons.</summary>
    public static CoreEvent? Warning(Evidence evidence, ObjectMeta about, params ReadOnlySpan<string> reasons)
    {
        CoreEvent? newest = null;
        foreach (var e in evidence.Events ?? [])
        {
            if (EventReading.IsWarning(e) && IsAbout(e, about) && reasons.Contains(e.Reason) && (newest is null || EventReading.TimeOf(e) > EventReading.TimeOf(newest)))
                newest = e;
        }
        return newest;
    }

    private static void AddTrouble(Findings findings, PodTrouble trouble, bool others)
    {
        if (trouble.IsBroken)
            findings.Add(others ? VerdictState.Degraded : VerdictState.Failing, trouble.Text, trouble.Since);
        else
            findings.AddByAge(trouble.Text, trouble.Since, Soon, others ? TimeSpan.MaxValue : Long);
    }

    /// <summary>An event tells of this object, not of an earlier one of its name.</summary>
    public static bool IsAbout(CoreEvent e, ObjectMeta o) =>
        e.InvolvedObject.Name == o.Name && e.InvolvedObject.Namespace == o.Namespace && (e.InvolvedObject.Uid.Length == 0 || e.InvolvedObject.Uid == o.Uid);
}
