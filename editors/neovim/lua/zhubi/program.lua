-- The program that is the server: what it is called, and whether it can be run.

local M = {}

-- What setup() was told, for Neovim 0.10.
---@type string[]?
M.cmd = nil

-- The command line of the server, as it is configured.
---@return string[]
function M.command_line()
  local cmd = M.cmd or (vim.fn.has('nvim-0.11') == 1 and vim.lsp.config.zhubi or {}).cmd
  return type(cmd) == 'table' and cmd or { 'zhubi', 'lsp' }
end

-- The version of the program, or why it cannot be run.
---@return string? version
---@return string? why
function M.version()
  local program = M.command_line()[1]
  local started, process = pcall(vim.system, { program, '--version' }, { text = true })
  if not started then
    local why = vim.fn.exepath(program) == '' and not vim.uv.fs_stat(program) and '不存在' or '不能在这台电脑上运行'
    return nil, ('程序 %s %s'):format(program, why)
  end
  local said = process:wait(20000)
  if said.code ~= 0 or not vim.startswith(said.stdout or '', 'zhubi ') then
    return nil, ('程序 %s 不是 zhubi，或者一启动就退出%s'):format(program, said.stderr ~= '' and '：' .. vim.trim(said.stderr or '') or '')
  end
  return vim.trim(said.stdout)
end

-- The programs that were tried, and whether they can be run: what is missing is said once, not with each draft.
local tried = {}

---@return boolean
function M.can_run()
  local program = M.command_line()[1]
  if tried[program] then
    return true
  end
  local version, why = M.version()
  if not version and tried[program] == nil then
    vim.notify(('朱笔没有启动：%s。怎么办见 :checkhealth zhubi'):format(why), vim.log.levels.WARN)
  end
  tried[program] = version ~= nil
  return tried[program]
end

return M
