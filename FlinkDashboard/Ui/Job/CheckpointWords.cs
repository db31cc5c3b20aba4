using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Flink.Readings;
using FlinkDashboard.Ui.Formats;

namespace FlinkDashboard.Ui.Job;

/// <summary>Checkpoints in words.</summary>
public static class CheckpointWords
{
    /// <summary>How they go: on time, late, failing, growing.</summary>
    public static string Sentence(CheckpointStatistics all, CheckpointConfig? config, DateTimeOffset now)
    {
        if (all.Latest.Completed is not { } last)
            return all.Latest.Failed is { } failed ? $"None has completed; the newest failed {Durations.Ago(failed.FailureTimestamp ?? failed.TriggerTimestamp, now)}{Because(failed)}." : all.Counts.InProgress > 0 ? "The first is under way." : "None has been triggered yet.";
        var age = now - (last.LatestAckTimestamp ?? last.TriggerTimestamp ?? now);
        var lost = all.History.TakeWhile(c => !c.IsCompleted).Count(c => c.IsFailed);
        var sentence = lost > 0
            ? $"{Amounts.Plural(lost, "checkpoint")} failed since the last completed one, {Durations.Text(age)} old{Because(all.History.First(c => c.IsFailed))}."
            : config?.Interval is { } every && age > every * 3 && age > TimeSpan.FromSeconds(30)
                ? $"The last completed one is {Durations.Text(age)} old, though one is due every {Shares.Fine(every)}."
                : $"A failure now would repeat the last {Durations.Text(age)}: that old is the newest completed one{(config?.Interval is { } pace ? $", and one is due every {Shares.Fine(pace)}" : "")}.";
        var trend = CheckpointTrend.Of(all.History);
        if (trend.Growth(c => (c.EndToEndDuration ?? TimeSpan.Zero).TotalMilliseconds) is > 1.5 and var slower && trend.Longest > TimeSpan.FromSeconds(1))
            sentence += $" They take longer: {slower:0.0} × the time of the ones before.";
        if (trend.Growth(c => c.StateSize) is > 1.2 and var larger)
            sentence += $" State grows: {larger:0.0} × the size of the ones before.";
        return sentence;
    }

    /// <summary>Kind in words.</summary>
    public static string Kind(Checkpoint one) => one.CheckpointType switch
    {
        "SYNC_SAVEPOINT" => "savepoint of a stop",
        "UNALIGNED_CHECKPOINT" => "unaligned checkpoint",
        _ => one.IsSavepoint ? one.SavepointFormat is { Length: > 0 } format ? $"{format.ToLowerInvariant()} savepoint" : "savepoint" : "checkpoint",
    };

    private static string Because(Checkpoint failed) => failed.FailureMessage is { Length: > 0 } why ? $": {why.TrimEnd('.')}" : "";
}
