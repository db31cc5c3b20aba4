using System.Globalization;
using Microsoft.JSInterop;

namespace FlinkDashboard.Ui.Ranges;

/// <summary>The viewer's time zone, as the browser says; UTC until it has. One per circuit.</summary>
public sealed class ViewerZone
{
    /// <summary>The zone.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>"Europe/Berlin, UTC+1"; "UTC" for that.</summary>
    public string Name(DateTimeOffset at)
    {
        var offset = Zone.GetUtcOffset(at);
        var clock = offset == TimeSpan.Zero ? "UTC" : $"UTC{(offset < TimeSpan.Zero ? '−' : '+')}{Math.Abs(offset.Hours)}{(offset.Minutes == 0 ? "" : $":{Math.Abs(offset.Minutes):00}")}";
        return Zone.Id is "UTC" or "Etc/UTC" ? "UTC" : $"{Zone.Id.Replace('_', ' ')}, {clock}";
    }

    /// <summary>"29 Nov 10:31:15", in the viewer's zone.</summary>
    public string Text(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("d MMM HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>"2026-11-29 10:31:15", in the viewer's zone: reads back.</summary>
    public string Writable(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Takes what the browser says; an unknown zone leaves UTC. True when it is another than before.</summary>
    public bool Take(string? id)
    {
        if (id is null || id == Zone.Id || !TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found))
            return false;
        var changed = found.BaseUtcOffset != Zone.BaseUtcOffset || found.Id != Zone.Id;
        Zone = found;
        return changed;
    }

    /// <summary>Asks the browser.</summary>
    public async Task<bool> AskAsync(IJSRuntime scripts, string module)
    {
        await using var moments = await scripts.InvokeAsync<IJSObjectReference>("import", module);
        return Take(await moments.InvokeAsync<string?>("zone"));
    }
}
