using System.Globalization;

namespace FlinkDashboard.Ui.Logs;

/// <summary>What "Select Graphic Rendition" codes have set so far. Sixteen colours are known by name; others take the nearest of eight.</summary>
internal sealed class AnsiPen
{
    private int? _ink;
    private int? _ground;
    private bool _bold;
    private bool _dim;
    private bool _italic;
    private bool _underlined;
    private bool _inverse;

    /// <summary>Class names; null when nothing is set.</summary>
    public string? Look
    {
        get
        {
            List<string> names = [];
            if (_ink is { } ink)
                names.Add($"ansi-{ink}");
            if (_ground is { } ground)
                names.Add($"ansi-on-{ground}");
            foreach (var (on, name) in ((bool, string)[])[(_bold, "ansi-bold"), (_dim, "ansi-dim"), (_italic, "ansi-italic"), (_underlined, "ansi-under"), (_inverse, "ansi-inverse")])
                if (on)
                    names.Add(name);
            return names.Count == 0 ? null : string.Join(' ', names);
        }
    }

    /// <summary>Takes the codes of one sequence, "1;31"; empty resets.</summary>
    public void Take(string codes)
    {
        var numbers = codes.Split(';', ':').Select(code => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] is 38 or 48)
                i = Wide(numbers, i);
            else
                Take(numbers[i]);
        }
    }

    private void Take(int code)
    {
        switch (code)
        {
            case 0: (_ink, _ground, _bold, _dim, _italic, _underlined, _inverse) = (null, null, false, false, false, false, false); break;
            case 1: _bold = true; break;
            case 2: _dim = true; break;
            case 3: _italic = true; break;
            case 4: _underlined = true; break;
            case 7: _inverse = true; break;
            case 22: (_bold, _dim) = (false, false); break;
            case 23: _italic = false; break;
            case 24: _underlined = false; break;
            case 27: _inverse = false; break;
            case 39: _ink = null; break;
            case 49: _ground = null; break;
            case >= 30 and <= 37: _ink = code - 30; break;
            case >= 40 and <= 47: _ground = code - 40; break;
            case >= 90 and <= 97: _ink = code - 90 + 8; break;
            case >= 100 and <= 107: _ground = code - 100 + 8; break;
        }
    }

    // 38;5;N: one of 256. 38;2;R;G;B: any. Answers the place of the last number it took.
    private int Wide(int[] numbers, int at)
    {
        int? colour = null;
        var last = numbers.Length - 1;
        if (at + 2 < numbers.Length && numbers[at + 1] == 5)
            (colour, last) = (Of256(numbers[at + 2]), at + 2);
        else if (at + 4 < numbers.Length && numbers[at + 1] == 2)
            (colour, last) = (Nearest(numbers[at + 2], numbers[at + 3], numbers[at + 4]), at + 4);
        if (numbers[at] == 38)
            _ink = colour;
        else
            _ground = colour;
        return last;
    }

    private static int? Of256(int number) => number switch
    {
        < 16 => number,
        < 232 => Nearest((number - 16) / 36 * 51, (number - 16) / 6 % 6 * 51, (number - 16) % 6 * 51),
        _ => number < 244 ? 8 : 7,
    };

    // Bit by bit as the eight colours are numbered: red 1, green 2, blue 4.
    private static int Nearest(int red, int green, int blue)
    {
        var half = Math.Max(Math.Max(red, green), blue) / 2;
        return half < 32 ? 8 : (red > half ? 1 : 0) + (green > half ? 2 : 0) + (blue > half ? 4 : 0);
    }
}
