using System.Security.Cryptography;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.LiveTail;

/// <summary>
/// One session: an answer that tells each second what came. A reader that is slow does not hold up the looking, only the telling.
/// </summary>
/// <param name="request">What it follows.</param>
/// <param name="logs">What is shipped.</param>
/// <param name="faults">Troubles to make.</param>
/// <param name="time">Real time.</param>
internal sealed class LiveTailSession(LiveTailRequest request, ShippedLogs logs, LiveTailFaults faults, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(3);
    private readonly LiveTailBuffer _buffer = new();
    private (string Type, string Message) _end;

    /// <summary>Runs until the client is gone, the session is too old, or a trouble ends it.</summary>
    public async Task RunAsync(HttpContext http, string requestId)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        using var timer = new PeriodicTimer(Pace, time);
        var cursor = new LiveTailCursor(logs, request);
        http.Response.ContentType = EventStreamFrame.ContentType;
        var sessionId = new Guid(RandomNumberGenerator.GetBytes(16)).ToString();
        var looking = LookAsync(timer, cursor, over.Token);
        try
        {
            if (await WriteAsync(http, EventStreamFrame.Event("initial-response", new System.Text.Json.Nodes.JsonObject())).ConfigureAwait(false)
                && await WriteAsync(http, EventStreamFrame.Event("sessionStart", request.Start(requestId, sessionId))).ConfigureAwait(false))
                await TellAsync(http, over.Token).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends it with an exception.</summary>
    public void End(string type, string message)
    {
        _end = (type, message);
        _buffer.Close();
    }

    /// <summary>It is as old as a session may become.</summary>
    public void Expire() => End("SessionTimeoutException", "Session exceeded the maximum duration of 3 hours.");

    private async Task LookAsync(PeriodicTimer timer, LiveTailCursor cursor, CancellationToken cancel)
    {
        var begin = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false))
        {
            if (time.GetElapsedTime(begin) >= Longest)
            {
                Expire();
                return;
            }
            if (!faults.IsStalled)
                faults.Dropped(_buffer.Add(cursor.Next(faults.EventsPerSecond)));
        }
    }

    private async Task TellAsync(HttpContext http, CancellationToken cancel)
    {
        while (await _buffer.TakeAsync(cancel).ConfigureAwait(false) is { } update)
        {
            if (!await WriteAsync(http, EventStreamFrame.Event("sessionUpdate", update.Json())).ConfigureAwait(false))
                return;
        }
        await WriteAsync(http, EventStreamFrame.Exception(_end.Type, _end.Message)).ConfigureAwait(false);
    }

    private async Task<bool> WriteAsync(HttpContext http, byte[] frame)
    {
        if (faults.TakeCorruption())
            frame[^1] ^= 0xff;
        var cut = faults.TakeCut();
        await http.Response.Body.WriteAsync(cut ? frame.AsMemory(0, frame.Length / 2) : frame, http.RequestAborted).ConfigureAwait(false);
        await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        if (cut)
            http.Abort();
        return !cut;
    }
}
