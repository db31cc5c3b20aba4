using System.Text;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>
/// Plays a recording into a world, again and again: objects as the watches told them, log lines when they were written, JobManager
/// answers as of the moment they are asked for. All on the world's timeline, so that its speed is the speed of the replay and speed 0 a pause.
/// </summary>
public sealed class RecordingPlayer(SandboxWorld world, RecordingFile recording)
{
    /// <summary>How long the end stays to be looked at before the recording starts over.</summary>
    public static readonly TimeSpan PauseAtEnd = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Cluster, string Path), RecordedAnswer> _answers = [];
    private readonly HashSet<(ResourceType Type, string Namespace, string Name)> _shown = [];
    private RecordingTime _time = new(recording.StartedAt, world.Now);
    private int _next;

    /// <summary>How often the recording has been played to its end.</summary>
    public int Rounds { get; private set; }

    /// <summary>Begins at the next whole second of the world.</summary>
    public void Start()
    {
        world.Servers.Add((request, _) => Task.FromResult(Answer(request)));
        Schedule();
    }

    private void Schedule()
    {
        var due = _next < recording.Moments.Count ? recording.Moments[_next].At : Max(recording.Duration, recording.Moments.LastOrDefault()?.At ?? TimeSpan.Zero) + PauseAtEnd;
        world.Timeline.After(Max(_time.Start + due - world.Now, TimeSpan.Zero), _next < recording.Moments.Count ? Play : StartOver);
    }

    private void Play()
    {
        while (_next < recording.Moments.Count && _time.Start + recording.Moments[_next].At <= world.Now)
            Play(recording.Moments[_next++]);
        Schedule();
    }

    private void Play(RecordedMoment moment)
    {
        switch (moment)
        {
            case RecordedChange change:
                Show(change);
                break;
            case RecordedLine line:
                // The name may come back with another uid: the line belongs to the pod of now.
                if (world.Objects.Find(ResourceTypes.Pods, recording.Namespace, line.Pod) is { } pod)
                    world.Logs.Append(pod.Uid, line.Container, line.Restart, _time.Start + line.At, line.Text);
                break;
            case RecordedAnswer answer:
                lock (_lock)
                    _answers[(answer.Cluster, answer.Path)] = answer;
                break;
        }
    }

    private void Show(RecordedChange change)
    {
        var stored = world.Objects.Replay(change.Type, JsonNode.Parse(_time.Moved(change.Json))!.AsObject(), change.Gone);
        if (change.Type == ResourceTypes.Pods)
            EndLogs(stored, change.Gone);
        if (change.Gone)
            _shown.Remove((change.Type, stored.Namespace, stored.Name));
        else
            _shown.Add((change.Type, stored.Namespace, stored.Name));
    }

    private void EndLogs(WorldObject pod, bool gone)
    {
        if (gone)
        {
            world.Logs.Forget(pod.Uid);
            return;
        }
        foreach (var container in pod.Read()["status"]?["containerStatuses"]?.AsArray() ?? [])
        {
            var restart = (int?)container!["restartCount"] ?? 0;
            if (container["state"]?["terminated"] is not null)
                world.Logs.Close(pod.Uid, (string)container["name"]!, restart);
            else if (restart > 0)
                world.Logs.Close(pod.Uid, (string)container["name"]!, restart - 1);
        }
    }

    private void StartOver()
    {
        foreach (var (type, ns, name) in _shown)
        {
            var last = world.Objects.Get(type, ns, name);
            world.Objects.Replay(type, last.Read(), gone: true);
            if (type == ResourceTypes.Pods)
                world.Logs.Forget(last.Uid);
        }
        _shown.Clear();
        lock (_lock)
            _answers.Clear();
        Rounds++;
        _next = 0;
        _time = new(recording.StartedAt, world.Now);
        Schedule();
    }

    private PodResponse? Answer(PodRequest request)
    {
        if (request.Pod.Namespace != recording.Namespace || request.Port != 8081 || request.Pod.Labels.GetValueOrDefault("component") != "jobmanager")
            return null;
        RecordedAnswer? answer;
        lock (_lock)
        {
            if (!_answers.Keys.Any(k => k.Cluster == request.Pod.Labels.GetValueOrDefault("app")))
                return null;
            answer = _answers.GetValueOrDefault((request.Pod.Labels["app"], request.Path));
        }
        return answer is null
            ? Json(404, """{"errors":["This path was not recorded."]}""")
            : Json(answer.Status, _time.Moved(answer.Json));
    }

    private static PodResponse Json(int status, string body) => new(status, "application/json; charset=UTF-8", Encoding.UTF8.GetBytes(body));

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
