namespace FlinkDashboard.Sandbox.World;

/// <summary>What a started container does. Asked by the kubelet behaviour, answered by whoever knows the program.</summary>
public interface IContainerProgram
{
    /// <summary>True if this program is what the container runs (by image, labels, arguments of the pod).</summary>
    bool Runs(WorldObject pod, string container);

    /// <summary>The container has started. The program lives on the timeline and acts through <paramref name="container"/>.</summary>
    void Start(RunningContainer container);
}

/// <summary>A started container, as seen from inside.</summary>
/// <param name="pod">Pod at the time of the start.</param>
/// <param name="name">Container name.</param>
/// <param name="restart">0 for the first start.</param>
public sealed class RunningContainer(WorldObject pod, string name, int restart)
{
    /// <summary>Pod at the time of the start; read the store for its present state.</summary>
    public WorldObject Pod => pod;

    /// <summary>Container name.</summary>
    public string Name => name;

    /// <summary>Restart count of this start.</summary>
    public int Restart => restart;

    /// <summary>Stopped or exited.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The program serves its ports: start-up and readiness probes succeed. Programs without ports may ignore it.</summary>
    public bool IsServing { get; private set; }

    /// <summary>The port is open although the program does not serve yet: probes get 503 instead of a refused connection.</summary>
    public bool IsListening { get; set; }

    /// <summary>Set by the program: what the process returns when the kubelet ends it (143: ended by SIGTERM).</summary>
    public int StopCode { get; set; } = 143;

    /// <summary>Set by the program: how long the process takes to end after SIGTERM; cut by the pod's grace period.</summary>
    public TimeSpan StopTime { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Set by the kubelet: told (once) when the program exits by itself, with exit code and termination message.</summary>
    public Action<int, string>? Exited { get; set; }

    /// <summary>Set by the kubelet: told when <see cref="IsServing"/> changes.</summary>
    public Action? ServingChanged { get; set; }

    /// <summary>Set by the program: called when the kubelet stops the container; the program must cease (and may set <see cref="StopCode"/>).</summary>
    public Action? Stopped { get; set; }

    /// <summary>Set by the kubelet: takes a log line.</summary>
    public Action<string>? Logged { get; set; }

    /// <summary>The program answers on its ports from now on, or no longer.</summary>
    public void Serve(bool serving = true)
    {
        if (IsOver || IsServing == serving)
            return;
        IsServing = serving;
        ServingChanged?.Invoke();
    }

    /// <summary>Writes a log line (may hold line breaks).</summary>
    public void Log(string line) => Logged?.Invoke(line);

    /// <summary>The program ends by itself.</summary>
    public void Exit(int code, string message = "")
    {
        if (IsOver)
            return;
        IsOver = true;
        Exited?.Invoke(code, message);
    }

    /// <summary>The kubelet ends it.</summary>
    public void Stop()
    {
        if (IsOver)
            return;
        IsOver = true;
        Stopped?.Invoke();
    }
}

/// <summary>All known programs, asked in order of registration.</summary>
public sealed class ContainerPrograms
{
    private readonly List<IContainerProgram> _programs = [];

    /// <summary>Adds a program.</summary>
    public void Add(IContainerProgram program) => _programs.Add(program);

    /// <summary>The program of a container; null means one that serves at once and runs for ever.</summary>
    public IContainerProgram? Find(WorldObject pod, string container) => _programs.FirstOrDefault(p => p.Runs(pod, container));
}
