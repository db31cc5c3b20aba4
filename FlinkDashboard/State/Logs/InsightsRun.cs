using System.Collections.Immutable;
using FlinkDashboard.Gateways.CloudWatchLogs;

namespace FlinkDashboard.State.Logs;

/// <summary>Where a query of CloudWatch Logs Insights stands.</summary>
public enum InsightsStatus
{
    /// <summary>Not running yet.</summary>
    Scheduled,

    /// <summary>Running: rows so far are shown.</summary>
    Running,

    /// <summary>All rows are there.</summary>
    Complete,

    /// <summary>Stopped by its viewer.</summary>
    Stopped,

    /// <summary>It failed, or took more than the 60 minutes that AWS gives.</summary>
    Failed
}

/// <summary>A query at one moment. Immutable.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Columns">Names of the columns, in the order they came; without AWS's pointer.</param>
/// <param name="Rows">Rows with as many values as there are columns; null where a row has none.</param>
/// <param name="Matched">Records that matched so far.</param>
/// <param name="Scanned">Records read so far.</param>
/// <param name="Bytes">Bytes read so far: what AWS bills.</param>
/// <param name="Problem">Why it failed; null while all is well.</param>
/// <param name="Error">Where the query is wrong; null when that is not the trouble.</param>
public sealed record InsightsAnswer(InsightsStatus Status, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, double Matched, double Scanned, double Bytes, string? Problem = null, QueryError? Error = null)
{
    /// <summary>Nothing yet.</summary>
    public static readonly InsightsAnswer Nothing = new(InsightsStatus.Scheduled, [], [], 0, 0, 0);

    /// <summary>Nothing more comes.</summary>
    public bool IsOver => Status is not (InsightsStatus.Scheduled or InsightsStatus.Running);
}

/// <summary>
/// One query of one viewer: started at once, asked about until it is over, stopped when its viewer leaves. Billed by the bytes it reads. AWS keeps what it found for seven days, by
/// its id: whoever has the id sees the rows without a second reading.
/// </summary>
public sealed class InsightsRun : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private readonly CloudWatchLogsApi api;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource end = new();
    private readonly Task running;
    private ImmutableArray<Action> listeners = [];
    private InsightsAnswer now = InsightsAnswer.Nothing;
    private volatile string? id;

    /// <summary>Starts a query.</summary>
    /// <param name="api">Asks.</param>
    /// <param name="time">Paces.</param>
    /// <param name="groups">Log groups, at most 50.</param>
    /// <param name="query">In Insights' language.</param>
    /// <param name="from">First second.</param>
    /// <param name="to">Last second.</param>
    /// <param name="rows">Most rows, 1 to 10,000.</param>
    public InsightsRun(CloudWatchLogsApi api, TimeProvider time, IReadOnlyList<string> groups, string query, DateTimeOffset from, DateTimeOffset to, int rows = 1_000)
    {
        (this.api, this.time, IsOwn) = (api, time, true);
        var request = new StartQueryRequest(groups, from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds(), query, Math.Clamp(rows, 1, 10_000));
        running = Task.Run(() => RunAsync(request, end.Token));
    }

    /// <summary>Goes on with a query that was started before; leaving it does not stop it.</summary>
    /// <param name="api">Asks.</param>
    /// <param name="time">Paces.</param>
    /// <param name="id">As AWS gave it.</param>
    public InsightsRun(CloudWatchLogsApi api, TimeProvider time, string id)
    {
        (this.api, this.time, this.id) = (api, time, id);
        running = Task.Run(() => RunAsync(null, end.Token));
    }

    /// <summary>It was started here.</summary>
    public bool IsOwn { get; }

    /// <summary>AWS's id; null until AWS has given one.</summary>
    public string? Id => id;

    /// <summary>What is known now.</summary>
    public InsightsAnswer Now => Volatile.Read(ref now);

    /// <summary>Calls <paramref name="changed"/> after each change, from any thread. Dispose to leave; the query goes on until the run is disposed.</summary>
    public IDisposable Subscribe(Action changed)
    {
        ImmutableInterlocked.Update(ref listeners, static (all, one) => all.Add(one), changed);
        return new Listening(() => ImmutableInterlocked.Update(ref listeners, static (all, one) => all.Remove(one), changed));
    }

    /// <summary>Ends the query; rows found so far stay.</summary>
    public async Task StopAsync()
    {
        await end.CancelAsync();
        await running;
        await StopQueryAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await running;
        if (IsOwn)
            await StopQueryAsync();
        end.Dispose();
    }

    private async Task RunAsync(StartQueryRequest? request, CancellationToken stop)
    {
        try
        {
            if (request is not null)
            {
                id = (await api.StartQueryAsync(request, stop)).QueryId ?? throw new CloudWatchLogsException(LogsFault.NotUnderstood, "StartQuery", "CloudWatch started a query without telling its id.");
                Tell(Now);
            }
            while (!Now.IsOver)
            {
                Tell(Read(await api.GetQueryResultsAsync(new(id!), stop)));
                if (!Now.IsOver)
                    await Task.Delay(Pace, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Whoever ended it says what becomes of the query.
        }
        catch (CloudWatchLogsException e) when (request is null && e.Fault == LogsFault.NotFound)
        {
            Tell(Now with { Status = InsightsStatus.Failed, Problem = "The rows of this query are not kept any more: AWS keeps them for seven days. Run it again." });
        }
        catch (CloudWatchLogsException e)
        {
            Tell(Now with { Status = InsightsStatus.Failed, Problem = e.Message, Error = e.Error });
        }
    }

    private async Task StopQueryAsync()
    {
        if (Now.IsOver)
            return;
        Tell(Now with { Status = InsightsStatus.Stopped });
        if (id is null)
            return;
        try
        {
            await api.StopQueryAsync(new(id), CancellationToken.None);
        }
        catch (CloudWatchLogsException e)
        {
            // It has ended meanwhile, or will by itself.
            Tell(Now with { Problem = $"AWS was not told to stop: {e.Message}" });
        }
    }

    private InsightsAnswer Read(GetQueryResultsResponse answer)
    {
        List<string> columns = [];
        foreach (var field in (answer.Results ?? []).SelectMany(r => r).Select(f => f.Field).OfType<string>())
            if (field != "@ptr" && !columns.Contains(field))
                columns.Add(field);
        var rows = (answer.Results ?? []).Select(r => (IReadOnlyList<string?>)[.. columns.Select(c => Masked(r.FirstOrDefault(f => f.Field == c)?.Value))]).ToList();
        var status = answer.Status switch
        {
            "Complete" => InsightsStatus.Complete,
            "Running" => InsightsStatus.Running,
            "Scheduled" or "Unknown" or null => InsightsStatus.Scheduled,
            "Cancelled" => InsightsStatus.Stopped,
            _ => InsightsStatus.Failed,
        };
        var problem = status != InsightsStatus.Failed ? null : answer.Status == "Timeout" ? "The query took more than 60 minutes: choose a shorter window." : $"CloudWatch says the query ended as {answer.Status}.";
        return new(status, columns, rows, answer.Statistics?.RecordsMatched ?? 0, answer.Statistics?.RecordsScanned ?? 0, answer.Statistics?.BytesScanned ?? 0, problem);
    }

    private static string? Masked(string? value) => value is null ? null : Model.Readings.RedactionOfText.OfLine(value);

    private void Tell(InsightsAnswer answer)
    {
        Volatile.Write(ref now, answer);
        foreach (var listener in listeners)
            listener();
    }

    private sealed class Listening(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}

/// <summary>Starts queries.</summary>
public sealed class InsightsDesk(CloudWatchLogsApi api, TimeProvider time)
{
    /// <summary>Starts a query; whether the viewer may ask these groups must be decided before. Dispose the run to stop it.</summary>
    public InsightsRun Start(IReadOnlyList<string> groups, string query, DateTimeOffset from, DateTimeOffset to, int rows = 1_000) => new(api, time, groups, query, from, to, rows);

    /// <summary>What a query of before has found; whether the viewer may ask log groups must be decided before.</summary>
    public InsightsRun Resume(string id) => new(api, time, id);
}
