using System.Text.Json;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Model.Verdicts;

/// <summary>
/// One status after the other, from recordings and from what is known of the operator, with the verdict it must get: statuses.jsonl, one
/// case a line.
/// </summary>
public class VerdictTableTests
{
    private static readonly Dictionary<string, StatusCase> Cases = StatusCase.ReadAll().ToDictionary(c => c.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Status_Gets_ItsVerdict(string name)
    {
        var one = Cases[name];
        var verdict = one.Verdict;
        Assert.True(one.Expected == verdict.State, $"{one.Expected} expected, but: {verdict.Sentence}");
        Assert.Contains(one.Says, verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal(name == "API server silent for 3 min", verdict.IsStale);
    }

    [Fact]
    public void Table_HoldsEveryWord_AndEveryVerdict()
    {
        Assert.True(Cases.Count >= 60);
        Assert.Equal(Enum.GetValues<VerdictState>(), Cases.Values.Select(c => c.Expected).Distinct().Order());
        var applications = Cases.Values.Select(c => c.Deployment?.Status ?? c.SessionJob?.Status).OfType<FlinkDeploymentStatus>().ToList();
        Assert.Empty(JobState.Known.Except(applications.Select(s => s.JobStatus.State)));
        Assert.Empty(JobManagerStatus.Known.Except(applications.Select(s => s.JobManagerDeploymentStatus)));
        // Deleted objects are gone before anybody sees that word.
        Assert.Empty(LifecycleState.Known.Except(applications.Select(s => s.LifecycleState)).Except([LifecycleState.Deleted]));
    }
}

/// <summary>A line of statuses.jsonl.</summary>
internal sealed record StatusCase(string Name, VerdictState Expected, string Says, Evidence Evidence)
{
    public FlinkDeployment? Deployment { get; init; }

    public FlinkSessionJob? SessionJob { get; init; }

    public FlinkDeployment? Cluster { get; init; }

    public FlinkStateSnapshot? Snapshot { get; init; }

    public FlinkBlueGreenDeployment? BlueGreen { get; init; }

    public Verdict Verdict => Deployment is not null ? VerdictOf.Deployment(Deployment, Evidence)
        : SessionJob is not null ? VerdictOf.SessionJob(SessionJob, Cluster, Evidence)
        : Snapshot is not null ? VerdictOf.Snapshot(Snapshot, Evidence)
        : VerdictOf.BlueGreen(BlueGreen!, Evidence);

    public static IEnumerable<StatusCase> ReadAll() =>
        from line in File.ReadLines(Path.Combine(Repository.Root, "FlinkDashboard.Tests/Model/Verdicts/statuses.jsonl"))
        let json = JsonElement.Parse(line)
        select new StatusCase(json.GetProperty("name").GetString()!, Enum.Parse<VerdictState>(json.GetProperty("state").GetString()!), json.GetProperty("says").GetString()!,
            new Evidence(json.GetProperty("now").GetDateTimeOffset())
            {
                Pods = List<Pod>(json, "pods"),
                Events = List<CoreEvent>(json, "events"),
                HeardAt = json.TryGetProperty("heardAt", out var heard) ? heard.GetDateTimeOffset() : null,
            })
        {
            Deployment = One<FlinkDeployment>(json, "deployment"),
            SessionJob = One<FlinkSessionJob>(json, "sessionJob"),
            Cluster = One<FlinkDeployment>(json, "cluster"),
            Snapshot = One<FlinkStateSnapshot>(json, "snapshot"),
            BlueGreen = One<FlinkBlueGreenDeployment>(json, "blueGreen"),
        };

    private static T? One<T>(JsonElement json, string name) where T : class, IKubernetesObject<T> =>
        json.TryGetProperty(name, out var value) ? RecordedKindTests.Parse<T>(value) : null;

    private static List<T>? List<T>(JsonElement json, string name) where T : class, IKubernetesObject<T> =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(RecordedKindTests.Parse<T>)] : null;
}
