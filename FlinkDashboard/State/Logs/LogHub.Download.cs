using System.Globalization;
using System.Runtime.CompilerServices;
using FlinkDashboard.Gateways.CloudWatchLogs;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.State.Logs;

public sealed partial class LogHub
{
    /// <summary>Longest time that a download may take.</summary>
    public static readonly TimeSpan DownloadTime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// All lines of a window as they were written, secrets masked, page by page: nothing is held but the lines of a page. With several sources each line begins
    /// with its source. Where it has to end early, its last line says so.
    /// </summary>
    /// <param name="target">Which log; no archive.</param>
    /// <param name="view">Which part; a live one ends now.</param>
    /// <param name="user">As whom pods are read.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="KubernetesApiException">A pod cannot be read.</exception>
    /// <exception cref="CloudWatchLogsException">CloudWatch cannot be read.</exception>
    public IAsyncEnumerable<string> DownloadAsync(LogTarget target, LogView view, UserIdentity? user, CancellationToken stop) =>
        target.Scope is { } scope ? DownloadAsync(scope, view, stop) : DownloadPodsAsync(target.Place, view, user, stop);

    private async IAsyncEnumerable<string> DownloadPodsAsync(LogPlace place, LogView view, UserIdentity? user, [EnumeratorCancellation] CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var pods = PodChoice.Of(place, state.Now<Pod>()).Where(p => PodChoice.HasStarted(p, PodChoice.ContainerOf(p, place.Container))).ToList();
        List<IAsyncEnumerator<string>> open = [];
        var next = new PriorityQueue<(int Pod, SourceLine Line), (long, int)>();
        try
        {
            foreach (var (i, pod) in pods.Index())
            {
                var query = new LogQuery(PodChoice.ContainerOf(pod, place.Container), TailLines: view.Tail, Previous: place.Previous, SinceTime: view.From);
                open.Add(api.LogLinesAsync(pod.Metadata.Namespace, pod.Metadata.Name, query, user, stop).GetAsyncEnumerator(stop));
                await AdvanceAsync(i);
            }
            while (next.TryDequeue(out var item, out _))
            {
                if (time.GetElapsedTime(began) > DownloadTime)
                {
                    yield return Ended(item.Line.Time);
                    yield break;
                }
                if (!(item.Line.Time < view.From) && !(item.Line.Time >= view.To))
                    yield return Written(pods.Count > 1 ? pods[item.Pod].Metadata.Name : null, item.Line.Text);
                await AdvanceAsync(item.Pod);
            }
        }
        finally
        {
            foreach (var one in open)
                await one.DisposeAsync();
        }

        async ValueTask AdvanceAsync(int pod)
        {
            if (!await open[pod].MoveNextAsync())
                return;
            var line = LogStamp.Split(open[pod].Current);
            next.Enqueue((pod, line), (line.Time?.UtcTicks ?? 0, pod));
        }
    }

    private async IAsyncEnumerable<string> DownloadAsync(CloudScope scope, LogView view, [EnumeratorCancellation] CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var several = scope.Pods.Count != 1;
        var until = (view.To ?? time.GetUtcNow()).ToUnixTimeMilliseconds();
        var from = (view.From ?? time.GetUtcNow().AddHours(-1)).ToUnixTimeMilliseconds();
        foreach (var prefix in scope.Searches)
        {
            string? token = null;
            do
            {
                var page = await cloud.FilterLogEventsAsync(new(scope.Group, LogStreamNamePrefix: prefix, StartTime: from, EndTime: until, FilterPattern: view.Pattern, NextToken: token), stop);
                foreach (var e in page.Events ?? [])
                    if (scope.SourceOf(e.LogStreamName) is { } source)
                        foreach (var line in e.Message.TrimEnd('\n').Split('\n'))
                            yield return Written(several ? source : null, line);
                token = page.NextToken;
                if (token is not null && time.GetElapsedTime(began) > DownloadTime)
                {
                    yield return Ended(page.Events is { Count: > 0 } last ? DateTimeOffset.FromUnixTimeMilliseconds(last[^1].Timestamp) : null);
                    yield break;
                }
            }
            while (token is not null);
        }
    }

    private static string Written(string? source, string line) => source is null ? RedactionOfText.OfLine(line) : $"{source} {RedactionOfText.OfLine(line)}";

    private static string Ended(DateTimeOffset? at) =>
        string.Create(CultureInfo.InvariantCulture, $"--- ended here after {DownloadTime.TotalMinutes:0} minutes{(at is { } there ? $", at {there.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z" : "")}: choose a shorter window for the rest ---");
}
