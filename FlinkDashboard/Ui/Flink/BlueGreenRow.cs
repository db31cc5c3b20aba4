using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Ui.Flink;

/// <summary>One colour of a blue/green deployment.</summary>
/// <param name="Role">"serves", "starts", "is replaced"; empty when it does not stand there.</param>
/// <param name="App">Its application; null when it does not stand there.</param>
public sealed record ColourRow(string Colour, string Name, string Role, AppRow? App);

/// <summary>A blue/green deployment in one line, with its two colours.</summary>
/// <param name="Phase">blueGreenState as the operator wrote it.</param>
/// <param name="Error">What the operator says went wrong.</param>
public sealed record BlueGreenRow(string Namespace, string Name, VerdictState State, string Sentence, string Phase, Values<ColourRow> Colours, OperatorError? Error)
{
    public string Key => $"{Namespace}/{Name}";

    public string Address => $"/bluegreen/{Namespace}/{Name}";

    /// <summary>Reads one.</summary>
    /// <param name="apps">Applications; its own are found by name.</param>
    public static BlueGreenRow From(FlinkBlueGreenDeployment one, IEnumerable<AppRow> apps, DateTimeOffset now)
    {
        var (meta, phase) = (one.Metadata, one.Status.BlueGreenState);
        var own = apps.Where(row => row.Namespace == meta.Namespace).ToArray();
        var verdict = VerdictOf.BlueGreen(one, new Evidence(now));
        ColourRow Colour(string colour)
        {
            var name = $"{meta.Name}-{colour}";
            var app = own.FirstOrDefault(row => row.Name == name);
            return new ColourRow(colour, name, app is null ? "" : RoleOf(colour.ToUpperInvariant(), phase.Text), app);
        }
        return new BlueGreenRow(meta.Namespace, meta.Name, verdict.State, verdict.Sentence, phase.Text, new([Colour("blue"), Colour("green")]), OperatorError.Of(one.Status.Error));
    }

    /// <summary>The switch of colours under way, step by step; null when one colour simply serves.</summary>
    public static ProgressRow? Progress(FlinkBlueGreenDeployment one)
    {
        var (status, phase) = (one.Status, one.Status.BlueGreenState.Text);
        var at = Array.FindIndex(Phases, prefix => phase.StartsWith(prefix, StringComparison.Ordinal));
        var failed = status.JobStatus.State == JobState.Failing || status.JobStatus.State == JobState.Failed;
        if (at < 0 && !failed)
            return null;
        var error = OperatorError.Of(status.Error);
        if (at < 0)
            return new("The last switch failed", "failing", ProgressOutcome.Failed, Values<ProgressStep>.None, status.LastReconciledTimestamp, null, null, error, "The colour that was active stays. Correct the spec to try again.");
        var (first, toBlue) = (phase.StartsWith("INITIALIZING", StringComparison.Ordinal), phase.EndsWith("TO_BLUE", StringComparison.Ordinal) || phase == BlueGreenState.SavepointingGreen.Text);
        var (next, old) = first || toBlue ? ("blue", "green") : ("green", "blue");
        var abort = at == 2 && status.AbortTimestamp is { } limit && limit.Year > 1970 ? $"given up if it is not ready by {limit.ToUniversalTime():HH:mm:ss}Z" : null;
        ProgressStep[] steps =
        [
            .. first ? [] : new[] { Step("saved", $"State of {old} saved", 1, at, status.LastReconciledTimestamp, null) },
            Step("starts", $"{Capital(next)} runs beside {old}", 2, at, status.LastReconciledTimestamp, abort),
            Step("switched", first ? $"{Capital(next)} serves" : $"{Capital(next)} serves, {old} is deleted", 3, at, null, null),
        ];
        return new(first ? "First deployment under way" : $"Switch from {old} to {next} under way", failed ? "failing" : "changing", failed ? ProgressOutcome.Failed : ProgressOutcome.UnderWay, new(first ? [steps[0] with { Name = "Blue runs" }, steps[1]] : steps), status.LastReconciledTimestamp, null, null, error, null);
    }

    private static readonly string[] Phases = ["INITIALIZING", "SAVEPOINTING", "TRANSITIONING"];

    private static ProgressStep Step(string id, string name, int phase, int at, DateTimeOffset? since, string? detail)
    {
        var now = Math.Max(at, 0) == 0 ? 2 : at;
        return new(id, name, phase < now ? StepState.Done : phase == now ? StepState.Now : StepState.Ahead, phase == now ? since : null, null, detail);
    }

    private static string Capital(string colour) => char.ToUpperInvariant(colour[0]) + colour[1..];

    private static string RoleOf(string colour, string phase) =>
        phase == $"ACTIVE_{colour}" ? "serves"
        : phase.EndsWith($"TO_{colour}", StringComparison.Ordinal) || phase == $"INITIALIZING_{colour}" ? "starts"
        : phase.StartsWith("TRANSITIONING", StringComparison.Ordinal) ? "serves until the other is ready"
        : phase == $"SAVEPOINTING_{colour}" ? "serves, its state is being saved"
        : "stands by";
}
