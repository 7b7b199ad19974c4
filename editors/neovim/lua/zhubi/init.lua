-- zhubi 朱笔 in Neovim: what the commands do, and a setup() for who wants more than `vim.lsp.enable('zhubi')`.

local program = require('zhubi.program')

local M = {}

local FIX_ALL = 'source.fixAll.zhubi'

---@param message string
---@param level? integer
local function say(message, level)
  vim.notify('朱笔：' .. message, level or vim.log.levels.INFO)
end

-- The server of a buffer, if there is one.
---@param buffer integer
---@return vim.lsp.Client?
local function client_of(buffer)
  return vim.lsp.get_clients({ bufnr = buffer, name = 'zhubi' })[1]
end

-- Asks the server and waits for its answer. Neovim 0.10 and 0.11 write this differently.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param buffer integer
local function ask(client, method, params, buffer)
  local answer, why
  if vim.fn.has('nvim-0.11') == 1 then
    answer, why = client:request_sync(method, params, 5000, buffer)
  else
    answer, why = client.request_sync(method, params, 5000, buffer)
  end
  if not answer or answer.err then
    say(why or answer.err.message, vim.log.levels.ERROR)
    return nil
  end
  return answer.result
end

-- The configuration of the server, as Neovim 0.11 finds it by itself.
local function configuration()
  return dofile(assert(vim.api.nvim_get_runtime_file('lsp/zhubi.lua', false)[1], 'lsp/zhubi.lua'))
end

---@class zhubi.Options
---@field cmd? string[] The server, where it is not `zhubi lsp` on the path.
---@field settings? table The settings of the server, without `zhubi` around them.
---@field fix_on_save? boolean Fix what is safe to fix when a draft is saved.

-- Starts the server for drafts. In Neovim 0.11 `vim.lsp.enable('zhubi')` does as much where no option is needed.
---@param options? zhubi.Options
function M.setup(options)
  options = options or {}
  local config = { cmd = options.cmd, settings = options.settings and { zhubi = options.settings } }
  local group = vim.api.nvim_create_augroup('zhubi', {})
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.config('zhubi', config)
    vim.lsp.enable('zhubi')
  else
    config = vim.tbl_extend('keep', config, configuration())
    program.cmd = config.cmd
    vim.api.nvim_create_autocmd('FileType', {
      group = group,
      pattern = config.filetypes,
      callback = function(event)
        -- A window of the editor's own, such as a hover, is no draft.
        if vim.bo[event.buf].buftype == '' and program.can_run() then
          local root = vim.fs.root(event.buf, config.root_markers)
          vim.lsp.start({ name = 'zhubi', cmd = config.cmd, settings = config.settings, root_dir = root }, { bufnr = event.buf })
        end
      end,
    })
  end
  if options.fix_on_save then
    vim.api.nvim_create_autocmd('BufWritePre', {
      group = group,
      callback = function(event)
        if client_of(event.buf) then
          M.fix_buffer(event.buf)
        end
      end,
    })
  end
end

-- Fixes what is safe to fix, and returns in how many places.
---@param buffer integer
---@return integer
function M.fix_buffer(buffer)
  local client = client_of(buffer)
  if not client then
    say('服务没有运行，见 :checkhealth zhubi', vim.log.levels.WARN)
    return 0
  end
  local start = { line = 0, character = 0 }
  local actions = ask(client, 'textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = { start = start, ['end'] = start },
    context = { only = { FIX_ALL }, diagnostics = {} },
  }, buffer)
  local fixed = 0
  for _, action in ipairs(actions or {}) do
    if not action.edit then
      action = ask(client, 'codeAction/resolve', action, buffer) or action
    end
    if action.edit then
      for _, change in pairs(action.edit.documentChanges or action.edit.changes or {}) do
        fixed = fixed + #(change.edits or change)
      end
      vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
    end
  end
  return fixed
end

-- :ZhubiFix
function M.fix()
  local fixed = M.fix_buffer(vim.api.nvim_get_current_buf())
  say(fixed > 0 and ('改正了%d处'):format(fixed) or '没有可以放心改的错误')
end

-- :ZhubiOutline
function M.outline()
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if not client then
    return say('服务没有运行，见 :checkhealth zhubi', vim.log.levels.WARN)
  end
  local params = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
  local items = {}
  local function add(symbols, depth)
    for _, symbol in ipairs(symbols) do
      table.insert(items, {
        bufnr = buffer,
        lnum = symbol.selectionRange.start.line + 1,
        col = 1,
        text = ('　'):rep(depth) .. symbol.name .. '（' .. (symbol.detail or '') .. '）',
      })
      add(symbol.children or {}, depth + 1)
    end
  end
  add(ask(client, 'textDocument/documentSymbol', params, buffer) or {}, 0)
  if #items == 0 then
    return say('这篇文稿没有标题')
  end
  vim.fn.setloclist(0, {}, ' ', { title = '朱笔：大纲', items = items })
  vim.cmd.lopen()
end

local TYPES = { error = 'E', warning = 'W', info = 'I', hint = 'N' }

-- The byte at which a character of a line begins, counted from 1 as the quickfix list does.
---@param line string?
---@param character integer
local function byte_column(line, character)
  return line and vim.fn.byteidxcomp(line, character - 1) + 1 or 1
end

-- The lines of a file in UTF-8, whatever it is written in.
---@param path string
local function lines_of(path)
  local ok, lines = pcall(vim.fn.readfile, path)
  if not ok then
    return {}
  end
  local text = table.concat(lines, '\n')
  if not require('zhubi.encoding').is_utf8(text) then
    text = vim.fn.iconv(text, 'gb18030', 'utf-8')
  end
  return vim.split(text, '\r?\n')
end

-- :ZhubiCheck [path …]
---@param paths string[]
function M.check(paths)
  local command = { program.command_line()[1], 'check', '--format', 'json' }
  vim.list_extend(command, #paths > 0 and vim.tbl_map(vim.fn.expand, paths) or { '.' })
  local function list(result)
    local ok, findings = pcall(vim.json.decode, result.stdout)
    if not ok or result.code > 1 then
      return say(vim.trim(result.stderr), vim.log.levels.ERROR)
    end
    local files = {}
    local items = vim.tbl_map(function(finding)
      files[finding.path] = files[finding.path] or lines_of(finding.path)
      local lines = files[finding.path]
      return {
        filename = finding.path,
        lnum = finding.start.line,
        col = byte_column(lines[finding.start.line], finding.start.column),
        end_lnum = finding['end'].line,
        end_col = byte_column(lines[finding['end'].line], finding['end'].column),
        type = TYPES[finding.severity],
        text = ('%s [%s]'):format(finding.message, finding.rule),
      }
    end, findings)
    vim.fn.setqflist({}, ' ', { title = '朱笔：' .. table.concat(command, ' ', 5), items = items })
    if #items == 0 then
      return say('没有发现问题')
    end
    vim.cmd.copen()
  end
  local started, why = pcall(vim.system, command, { text = true }, vim.schedule_wrap(list))
  if not started then
    say(tostring(why), vim.log.levels.ERROR)
  end
end

-- Sets a setting of the server, and has the drafts checked by it.
---@param client vim.lsp.Client
---@param name string
---@param value any
local function set(client, name, value)
  client.settings = vim.tbl_deep_extend('force', client.settings or {}, { zhubi = { [name] = value } })
  local change = { settings = client.settings }
  if vim.fn.has('nvim-0.11') == 1 then
    client:notify('workspace/didChangeConfiguration', change)
  else
    client.notify('workspace/didChangeConfiguration', change)
  end
end

-- The server of this buffer, or word that there is none.
local function client_here()
  local client = client_of(vim.api.nvim_get_current_buf())
  if not client then
    say('服务没有运行，见 :checkhealth zhubi', vim.log.levels.WARN)
  end
  return client
end

-- The kinds of documents by their names and identifiers, as the schema of zhubi.toml has them.
---@param lead string
---@return string[]
function M.complete_type(lead)
  local started, process = pcall(vim.system, { program.command_line()[1], 'schema' }, { text = true })
  local read, schema = pcall(vim.json.decode, started and process:wait().stdout or '')
  local names = vim.tbl_map(function(kind)
    return kind.const
  end, read and schema['$defs'].DocumentType.oneOf or {})
  return vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, names)
end

-- :ZhubiType [kind]
---@param arguments string[]
function M.document_type(arguments)
  local client = client_here()
  if client then
    set(client, 'documentType', arguments[1] or vim.NIL)
  end
end

-- What the server says of the draft here, by one of its own requests.
---@param method string
local function ask_of_draft(method)
  local client = client_here()
  local buffer = vim.api.nvim_get_current_buf()
  return client and ask(client, method, { uri = vim.uri_from_bufnr(buffer) }, buffer)
end

-- :ZhubiStatus
function M.status()
  local status = ask_of_draft('zhubi/status')
  if not status then
    return
  end
  local target = type(status.target) == 'number' and ('/%d'):format(status.target) or ''
  local kind = type(status.documentType) == 'table' and '，' .. status.documentType.name or ''
  say(('%d%s字%s，标出%d处'):format(status.words, target, kind, #vim.diagnostic.get(0)))
end

-- :ZhubiTrace
function M.trace()
  local trace = ask_of_draft('zhubi/trace')
  if not trace then
    return
  end
  vim.cmd.new()
  vim.bo.buftype = 'nofile'
  vim.bo.filetype = 'markdown'
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(trace.text, '\n'))
end

-- :ZhubiRule [name], or of the finding at the caret
---@param arguments string[]
function M.rule(arguments)
  local name = arguments[1]
  if not name then
    local row, column = unpack(vim.api.nvim_win_get_cursor(0))
    for _, it in ipairs(vim.diagnostic.get(0, { lnum = row - 1 })) do
      if it.source == 'zhubi' and it.col <= column and column < math.max(it.end_col, it.col + 1) then
        name = it.code
      end
    end
  end
  if not name then
    return say('光标不在标记上；也可以写规则名：:ZhubiRule typo/confusable-word')
  end
  local said = vim.system({ program.command_line()[1], 'explain', name }, { text = true }):wait()
  if said.code ~= 0 then
    return say(vim.trim(said.stderr), vim.log.levels.ERROR)
  end
  local lines = vim.split(vim.trim(said.stdout), '\n')
  vim.lsp.util.open_floating_preview(lines, 'markdown', { focus_id = 'zhubi.rule', max_width = 90, max_height = 30 })
end

-- :'<,'>ZhubiAddWord, :ZhubiAddWord word; with ! to the writer's own dictionary
---@param arguments string[]
---@param options { bang: boolean, range: integer }
function M.add_word(arguments, options)
  local client = client_here()
  if not client then
    return
  end
  local word = arguments[1]
  if not word and options.range > 0 then
    local from, to = vim.fn.getpos("'<"), vim.fn.getpos("'>")
    local lines = vim.fn.getregion(from, to, { type = 'v' })
    word = #lines == 1 and vim.trim(lines[1]) or nil
  end
  if not word or word == '' then
    return say('先选中一个词，或者写在命令后面')
  end
  local uri = vim.uri_from_bufnr(0)
  local argument = { word = word, scope = options.bang and 'user' or 'project', uri = uri }
  ask(client, 'workspace/executeCommand', { command = 'zhubi.addWord', arguments = { argument } }, 0)
end

-- :ZhubiRestart
function M.restart()
  for _, client in ipairs(vim.lsp.get_clients({ name = 'zhubi' })) do
    local buffers = vim.tbl_keys(client.attached_buffers or {})
    if vim.fn.has('nvim-0.11') == 1 then
      client:stop()
    else
      client.stop()
    end
    vim.wait(5000, function()
      return vim.lsp.get_client_by_id(client.id) == nil
    end, 20)
    for _, buffer in ipairs(buffers) do
      vim.api.nvim_exec_autocmds('FileType', { buffer = buffer })
    end
  end
end

return M
