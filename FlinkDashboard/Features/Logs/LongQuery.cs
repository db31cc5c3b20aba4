using FlinkDashboard.Model;
using FlinkDashboard.Ui.Formats;
using FlinkDashboard.Ui.Logs;

namespace FlinkDashboard.Features.Logs;

/// <summary>Asks twice before a query reads days of a log group: it is billed by what it reads. Once for each group and window.</summary>
internal sealed class LongQuery(LogDoor door)
{
    // Longer windows are asked for twice.
    private static readonly TimeSpan Cheap = TimeSpan.FromHours(24);

    private string told = "";

    /// <summary>What is to be known before; null: nothing, or it was agreed to.</summary>
    public string? Words { get; private set; }

    /// <summary>Another group or window is chosen: what was said is not true of it.</summary>
    public void Turn(string chosen)
    {
        if (told != chosen)
            Words = null;
    }

    /// <summary>The query may run; where not, <see cref="Words"/> say why, and the next time it may.</summary>
    public async Task<bool> MayRunAsync(string group, TimeWindow window, string chosen, CancellationToken stop)
    {
        if (window.Length > Cheap && told != chosen)
        {
            (told, Words) = (chosen, $"This window is {Durations.Text(window.Length)} long. AWS bills each byte of {group} that was written in it, whatever the query finds.{await HeldAsync(group, stop)} Stopping keeps what was read until then on the bill.");
            return false;
        }
        Words = null;
        return true;
    }

    private async Task<string> HeldAsync(string group, CancellationToken stop)
    {
        try
        {
            return await door.HeldAsync(group, stop) is { } bytes ? $" The group holds {Amounts.Bytes(bytes)} of all its days, as CloudWatch counts." : "";
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            return $" How much the group holds is not known: {e.Message}";
        }
    }
}
